//! Rules about the names in one matrix, and about its source.

use super::{Fault, Norms, Part, folded};
use crate::domain::matrix::Matrix;

/// The longest name that Discord shows whole in a menu, in characters.
const SHOWN_WHOLE: usize = 100;
/// The shortest word in which one letter is a slip and not another word.
const MIN_TYPO: usize = 5;
/// How many neighbours in sorted order a name is compared with: enough for a slip anywhere in it,
/// few enough for the largest matrix.
const NEIGHBOURS: usize = 6;

pub(super) fn cut_names(matrix: &Matrix, _: Norms) -> Vec<Fault> {
    let service = [(Part::Service, &matrix.service.name)].into_iter();
    let parties = matrix.parties.iter().enumerate();
    let activities = matrix.activities.iter().enumerate();
    service
        .chain(parties.map(|(index, party)| (Part::Party(index), &party.name)))
        .chain(activities.map(|(index, activity)| (Part::Activity(index), &activity.name)))
        .filter_map(|(part, name)| {
            let length = name.chars().count();
            let message =
                || format!("a name of {length} characters, Discord shows {SHOWN_WHOLE} in menus");
            (length > SHOWN_WHOLE).then(|| Fault::new(part, message()))
        })
        .collect()
}

pub(super) fn stale_source(matrix: &Matrix, norms: Norms) -> Vec<Fault> {
    let Some(date) = matrix.source.date else { return Vec::new() };
    let age = (norms.today - date).whole_days();
    if age <= i64::from(norms.limits.max_age) {
        return Vec::new();
    }
    let message = format!("the source is dated {date}, {age} days ago");
    vec![Fault::new(Part::Source, message).hint("look whether there is a newer one")]
}

/// Names that differ by the order of their words, or are neighbours in sorted order, from the front
/// or from the back, and differ by a slip.
pub(super) fn near_duplicates(matrix: &Matrix, _: Norms) -> Vec<Fault> {
    let names: Vec<String> = matrix.activities.iter().map(|row| folded(&row.name)).collect();
    let mut pairs = Vec::new();
    let keys: [fn(&str) -> String; 3] =
        [str::to_owned, |name| name.chars().rev().collect(), words_sorted];
    for key in keys {
        let mut sorted: Vec<(String, usize)> =
            names.iter().enumerate().map(|(index, name)| (key(name), index)).collect();
        sorted.sort();
        for (at, (_, one)) in sorted.iter().enumerate() {
            for (_, other) in sorted[at + 1..].iter().take(NEIGHBOURS) {
                let (first, second) = (*one.min(other), *one.max(other));
                if is_near_duplicate(matrix, &names, first, second) {
                    pairs.push((second, first));
                }
            }
        }
    }
    pairs.sort_unstable();
    // One of several alike is enough to find them all.
    pairs.dedup_by_key(|(second, _)| *second);
    pairs
        .into_iter()
        .map(|(second, first)| {
            let (second_name, first_name) =
                (&matrix.activities[second].name, &matrix.activities[first].name);
            let message = format!("`{second_name}` is nearly `{first_name}`");
            Fault::new(Part::Activity(second), message).hint("merge them, or tell them apart")
        })
        .collect()
}

fn is_near_duplicate(matrix: &Matrix, names: &[String], first: usize, second: usize) -> bool {
    let (one, other) = (&names[first], &names[second]);
    if one.is_empty() || other.is_empty() {
        return false;
    }
    if one == other {
        // The very same name in another section is another activity.
        return matrix.activities[first].name != matrix.activities[second].name;
    }
    words_sorted(one) == words_sorted(other) || differ_by_a_slip(one, other)
}

/// Whether two names have the same words but for one letter in one word.
fn differ_by_a_slip(one: &str, other: &str) -> bool {
    let (ones, others): (Vec<&str>, Vec<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    if ones.len() != others.len() {
        return false;
    }
    let mut different = ones.iter().zip(&others).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (different.next(), different.next()) else { return false };
    let no_digits = |word: &str| !word.contains(|c: char| c.is_ascii_digit());
    a.chars().count().min(b.chars().count()) >= MIN_TYPO
        && no_digits(a)
        && no_digits(b)
        && strsim::osa_distance(a, b) == 1
}

fn words_sorted(name: &str) -> String {
    let mut words: Vec<&str> = name.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}
