//! What was posted to a channel moments ago, so that it is posted once however many ask to.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long the same is not posted again.
const AGAIN: Duration = Duration::from_secs(30);
/// How many posts are remembered: far more than people make in that time.
const MAX: usize = 1_024;

/// An answer in a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The channel's id.
    pub(super) channel: String,
    /// What it answers for.
    pub(super) subject: String,
}

/// The last posts, the oldest first, in bounded memory.
#[derive(Debug, Default)]
pub(super) struct Posts(Mutex<VecDeque<(Instant, Post)>>);

impl Posts {
    /// Whether this was not posted moments ago; remembers it then.
    pub(super) fn is_new(&self, post: &Post, now: Instant) -> bool {
        self.with(|posts| {
            posts.retain(|(at, _)| now.saturating_duration_since(*at) < AGAIN);
            if posts.iter().any(|(_, known)| known == post) {
                return false;
            }
            if posts.len() >= MAX {
                posts.pop_front();
            }
            posts.push_back((now, post.clone()));
            true
        })
    }

    /// Forgets a post that never arrived.
    pub(super) fn forget(&self, post: &Post) {
        self.with(|posts| posts.retain(|(_, known)| known != post));
    }

    /// Forgets what was posted to a channel: something there was taken back.
    pub(super) fn forget_channel(&self, channel: &str) {
        self.with(|posts| posts.retain(|(_, known)| known.channel != channel));
    }

    /// Held for as long as it takes to look, and never while anything is waited for.
    fn with<T>(&self, look: impl FnOnce(&mut VecDeque<(Instant, Post)>) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(channel: &str, subject: &str) -> Post {
        Post { channel: channel.into(), subject: subject.into() }
    }

    #[test]
    fn the_same_is_new_in_a_channel_once_in_half_a_minute() {
        let (posts, start) = (Posts::default(), Instant::now());
        assert!(posts.is_new(&post("1", "a"), start));
        assert!(!posts.is_new(&post("1", "a"), start + AGAIN / 2));
        assert!(posts.is_new(&post("2", "a"), start + AGAIN / 2), "another channel");
        assert!(posts.is_new(&post("1", "b"), start + AGAIN / 2), "another answer");
        assert!(posts.is_new(&post("1", "a"), start + AGAIN), "the try in between does not count");
    }

    #[test]
    fn what_never_arrived_or_was_taken_back_may_be_posted_again() {
        let (posts, now) = (Posts::default(), Instant::now());
        assert!(posts.is_new(&post("1", "a"), now));
        posts.forget(&post("1", "a"));
        assert!(posts.is_new(&post("1", "a"), now));
        posts.forget_channel("2");
        assert!(!posts.is_new(&post("1", "a"), now));
        posts.forget_channel("1");
        assert!(posts.is_new(&post("1", "a"), now));
    }

    #[test]
    fn memory_is_bounded() {
        let (posts, now) = (Posts::default(), Instant::now());
        for n in 0..2 * MAX {
            assert!(posts.is_new(&post("1", &n.to_string()), now));
        }
        assert_eq!(posts.with(|posts| posts.len()), MAX);
    }
}
