//! Which interaction is being answered, so that a panic's line in the log can say so.

use std::cell::RefCell;

thread_local! {
    static ID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The id of the interaction that this thread is answering.
#[must_use]
pub fn current() -> Option<String> {
    ID.with(|id| id.try_borrow().ok()?.clone())
}

/// Does work on an interaction; it is the current one until the work ends, or panics.
pub(super) fn about<T>(id: &str, work: impl FnOnce() -> T) -> T {
    struct Over;
    impl Drop for Over {
        fn drop(&mut self) {
            ID.set(None);
        }
    }
    let _over = Over;
    ID.set(Some(id.to_owned()));
    work()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interaction_is_current_until_its_work_ends_even_by_a_panic() {
        assert_eq!(current(), None);
        assert_eq!(about("7", current).as_deref(), Some("7"));
        assert_eq!(current(), None);
        let panicked = std::panic::catch_unwind(|| about("8", || panic!("on purpose")));
        assert!(panicked.is_err());
        assert_eq!(current(), None);
    }
}
