//! Legends in running text: a line of prose, or a line a letter.

use super::{Item, MAX_REMARK, cut, flat, letter_of_participation, words};

/// The items in a line or several of text: `R = Responsible, A = Accountable`, `(R) Responsible`,
/// `Responsible (R), Accountable (A)`, `Responsible: does the work`.
pub(super) fn of_text(text: &str) -> Vec<Item> {
    let items: Vec<Item> = text.lines().flat_map(of_line).collect();
    let distinct = items
        .iter()
        .enumerate()
        .all(|(at, item)| items[..at].iter().all(|earlier| earlier.letter != item.letter));
    if distinct { items } else { Vec::new() }
}

fn of_line(line: &str) -> Vec<Item> {
    let line = line.trim();
    let anchors = anchors(line);
    let Some(first) = anchors.first() else {
        return word_first(line).into_iter().collect();
    };
    let before = line[..first.start].trim();
    let words_come_first = first.bracketed && words::says_any(before) && !before.ends_with(':');
    let mut items = Vec::new();
    for (at, anchor) in anchors.iter().enumerate() {
        let next = anchors.get(at + 1);
        let text = if words_come_first {
            let from = if at == 0 { 0 } else { anchors[at - 1].end };
            let word = last_words(&line[from..anchor.start]);
            let after = if next.is_none() { trimmed(&line[anchor.end..]) } else { "" };
            if after.is_empty() { word.to_owned() } else { format!("{word}: {after}") }
        } else {
            trimmed(&line[anchor.end..next.map_or(line.len(), |next| next.start)]).to_owned()
        };
        items.push(Item { letter: anchor.letter, text: cut(&flat(&text), MAX_REMARK) });
    }
    items
}

/// `Responsible: does the work`, where the word alone says which letter is meant.
fn word_first(line: &str) -> Option<Item> {
    let (word, text) = line.split_once([':', '=', '–', '—']).or_else(|| line.split_once(" - "))?;
    let meant = words::participation(word).filter(|_| word.split_whitespace().count() <= 2)?;
    let text = format!("{}: {}", word.trim(), trimmed(text));
    Some(Item { letter: letter_of_participation(meant), text: cut(&text, MAX_REMARK) })
}

/// A letter that stands alone and introduces something.
struct Anchor {
    start: usize,
    end: usize,
    letter: char,
    bracketed: bool,
}

fn anchors(line: &str) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    for (at, letter) in line.char_indices().filter(|(_, c)| c.is_ascii_uppercase()) {
        let before = line[..at].chars().next_back();
        let rest = &line[at + 1..];
        let after = rest.chars().next();
        let alone =
            |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '\'' && c != '’');
        if !alone(before) || !alone(after) {
            continue;
        }
        let bracketed = matches!(before, Some('(' | '[')) && matches!(after, Some(')' | ']'));
        if bracketed {
            anchors.push(Anchor { start: at - 1, end: at + 2, letter, bracketed });
            continue;
        }
        let gap = rest.len() - rest.trim_start().len();
        let sign = rest.trim_start().chars().next().filter(|c| ":=–—-→".contains(*c));
        let compound = gap == 0 && sign == Some('-');
        if let Some(sign) = sign.filter(|_| !compound && before != Some('-')) {
            let end = at + 1 + gap + sign.len_utf8();
            anchors.push(Anchor { start: at, end, letter, bracketed });
        }
    }
    anchors
}

fn trimmed(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ",;.|/:=–—-".contains(c));
    text.strip_suffix(" and").or_else(|| text.strip_suffix(" et")).unwrap_or(text).trim_end()
}

/// The words right before a bracket, back to the last separator.
fn last_words(text: &str) -> &str {
    let text = text.trim();
    let from = text.rfind([',', ';', '.', '|', ':', '/']).map_or(0, |at| at + 1);
    let words = text[from..].trim();
    words.strip_prefix("and ").or_else(|| words.strip_prefix("et ")).unwrap_or(words)
}
