//! What a page says of itself before its first line: `---` YAML, `+++` TOML, JSON, or bare
//! `Key: value` lines. Only plain keys with text are of interest, so lines are enough.

/// The most lines of a front matter.
const MAX_LINES: usize = 500;

/// Keys, in lower case, and their texts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter(Vec<(String, String)>);

impl FrontMatter {
    /// The text of the first of these keys that there is.
    pub(super) fn value(&self, keys: &[&str]) -> Option<&str> {
        let of = |key: &&str| self.0.iter().find(|(known, text)| known == key && !text.is_empty());
        keys.iter().find_map(of).map(|(_, text)| text.as_str())
    }
}

/// A page's front matter, the page without it, and the number of the first line of that.
pub(super) fn split(text: &str) -> (FrontMatter, &str, u32) {
    fenced(text).or_else(|| json(text)).or_else(|| bare(text)).unwrap_or((
        FrontMatter::default(),
        text,
        1,
    ))
}

fn fenced(text: &str) -> Option<(FrontMatter, &str, u32)> {
    let start = text.len() - text.trim_start_matches(['\n', ' ']).len();
    let first = text[start..].lines().next()?.trim_end();
    let (ends, sign): (&[&str], char) = match first {
        "---" => (&["---", "..."], ':'),
        "+++" => (&["+++"], '='),
        _ => return None,
    };
    let mut offset = start;
    let mut lines = Vec::new();
    for (index, line) in text[start..].split_inclusive('\n').enumerate().take(MAX_LINES) {
        offset += line.len();
        let line = line.trim_end();
        if index > 0 && ends.contains(&line) {
            let number = 1 + count(&text[..offset]);
            return Some((pairs(&lines, sign), &text[offset..], number));
        }
        if index > 0 {
            lines.push(line);
        }
    }
    None
}

fn json(text: &str) -> Option<(FrontMatter, &str, u32)> {
    if !text.starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter();
    let Some(Ok(serde_json::Value::Object(object))) = values.next() else { return None };
    let offset = values.byte_offset();
    let said = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    };
    let entries = object.iter().filter_map(|(key, value)| Some((key.to_lowercase(), said(value)?)));
    Some((FrontMatter(entries.collect()), &text[offset..], 1 + count(&text[..offset])))
}

/// Lines of `Key: value` with a title among them, up to the first empty line.
fn bare(text: &str) -> Option<(FrontMatter, &str, u32)> {
    let end = text.find("\n\n")? + 1;
    let lines: Vec<&str> = text[..end].lines().collect();
    let is_pair =
        |line: &&str| line.split_once(':').is_some_and(|(key, _)| is_key(key) && key == key.trim());
    let all = lines.len() <= MAX_LINES && lines.iter().all(is_pair);
    let front = pairs(&lines, ':');
    (all && front.value(&["title"]).is_some())
        .then(|| (front, &text[end..], 1 + count(&text[..end])))
}

fn pairs(lines: &[&str], sign: char) -> FrontMatter {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut open = false;
    // A map may stand below a key without a value, running text alone below a quote or `>`.
    let mut may_be_map = false;
    for line in lines {
        let indented = line.starts_with([' ', '\t']);
        let pair = line.split_once(sign).filter(|(key, _)| is_key(key));
        match pair {
            Some((key, value)) if !indented => {
                let value = value.trim();
                may_be_map = value.is_empty();
                let is_block = ["", ">", "|", ">-", "|-", ">+", "|+"].contains(&value);
                open = is_block || (value.starts_with(['"', '\'']) && !is_closed(value));
                let value = if is_block { "" } else { value };
                pairs.push((key.trim().to_lowercase(), value.to_owned()));
            }
            _ => {
                let nested = may_be_map && (pair.is_some() || line.trim_start().starts_with("- "));
                if let Some((_, value)) = pairs.last_mut().filter(|_| open && indented && !nested) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
        }
    }
    for (_, value) in &mut pairs {
        *value = unquoted(value.trim());
    }
    FrontMatter(pairs)
}

fn is_key(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.len() <= 40
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_- ".contains(c))
}

fn is_closed(value: &str) -> bool {
    value.len() > 1 && value.ends_with(&value[..1])
}

fn unquoted(value: &str) -> String {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.rsplit_once(quote)) {
            let inner = inner.0;
            return if quote == '"' {
                inner.replace("\\\"", "\"").replace("\\\\", "\\")
            } else {
                inner.replace("''", "'")
            };
        }
    }
    value.to_owned()
}

fn count(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> (Option<String>, u32) {
        let (front, _, line) = split(text);
        (front.value(&["title"]).map(str::to_owned), line)
    }

    #[test]
    fn every_shape_of_front_matter_is_read() {
        for (text, line) in [
            ("---\ntitle: A: b\n---\nx", 4),
            ("---\ntitle: \"A: b\"\nroutes:\n    title: no\n---\nx", 6),
            ("---\n\ntitle: 'A: b'   \n\n...\nx", 6),
            ("\n---\ntitle: >-\n  A:\n  b\n---\n", 7),
            ("+++\ntitle = \"A: b\"\n+++\nx", 4),
            ("{\"title\": \"A: b\",\n\"n\": 1}\nx", 2),
            ("Title: A: b\nDate: today\n\nx", 3),
        ] {
            assert_eq!(title(text), (Some("A: b".to_owned()), line), "{text}");
        }
    }

    #[test]
    fn a_page_without_front_matter_is_all_body() {
        for text in ["", "---\n", "---\ntitle: x\n", "{.a}\n", "Note: x\n\ny", "# A\n\n---\n\nb"] {
            let (front, body, line) = split(text);
            assert_eq!((front, body, line), (FrontMatter::default(), text, 1));
        }
    }
}
