//! Which interactions were seen, so that one that Discord sends twice is answered once.

use std::collections::{HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many are remembered: far more than come in the minutes that a session can be resumed.
const MAX: usize = 4_096;

/// The last interactions, in bounded memory.
#[derive(Debug, Default)]
pub(super) struct Seen {
    order: VecDeque<u64>,
    known: HashSet<u64>,
}

impl Seen {
    /// Whether this id is new; remembers it.
    pub(super) fn is_new(&mut self, id: &str) -> bool {
        let key = id.parse().unwrap_or_else(|_| {
            let mut hasher = DefaultHasher::new();
            id.hash(&mut hasher);
            hasher.finish()
        });
        if !self.known.insert(key) {
            return false;
        }
        self.order.push_back(key);
        if self.order.len() > MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_new_once_and_memory_is_bounded() {
        let mut seen = Seen::default();
        assert!(seen.is_new("7") && !seen.is_new("7"));
        assert!(seen.is_new("not a number") && !seen.is_new("not a number"));
        for id in 100..100 + 2 * MAX {
            assert!(seen.is_new(&id.to_string()));
        }
        assert_eq!((seen.order.len(), seen.known.len()), (MAX, MAX));
        assert!(seen.is_new("7"), "forgotten by now");
    }
}
