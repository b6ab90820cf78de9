//! How near typed words are to a service's name that is typed by itself.

use super::fold::Words;
use super::stopwords::is_filler;

/// How well typed words name a service by one of its names: 0 not at all, 1 exactly.
pub(super) fn likeness(typed: &Words, name: &str) -> f32 {
    if typed.is_empty() {
        return 0.0;
    }
    let name = Words::of(name);
    let joined = |words: &Words| words.iter().collect::<Vec<_>>().join(" ");
    let (whole, text) = (joined(&name), joined(typed));
    if whole == text {
        return 1.0;
    }
    if whole.starts_with(&text) {
        return 0.9;
    }
    let heavy = name.iter().filter(|word| !is_filler(word));
    let initials: String = heavy.filter_map(|word| word.chars().next()).collect();
    if text.len() > 1 && initials == text {
        return 0.85;
    }
    let near =
        |typed: &str| name.iter().map(|word| word_likeness(typed, word)).fold(0.0_f32, f32::max);
    let words = typed.iter().filter(|word| !is_filler(word));
    // As good as the worst word: all of them must be in the name.
    words
        .map(near)
        .fold(None, |worst: Option<f32>, l| Some(worst.map_or(l, |w| w.min(l))))
        .unwrap_or(0.0)
}

fn word_likeness(typed: &str, word: &str) -> f32 {
    let allowed = match typed.len() {
        ..4 => 0,
        4 | 5 => 1,
        _ => 2,
    };
    if typed == word {
        0.8
    } else if word.starts_with(typed) {
        0.75
    } else if allowed > 0 && strsim::osa_distance(typed, word) <= allowed {
        0.6
    } else {
        0.0
    }
}
