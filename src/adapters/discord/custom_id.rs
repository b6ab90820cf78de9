//! A command in the id of a button or of a menu's choice, and back.
//!
//! All state is in the id, so that it works after a restart and after a reload; it opens with a
//! version, so that another version's is told apart instead of misread.

use crate::commands::{Admin, Command, Shelf, admin};
use crate::domain::id::TAG;

/// The longest id that Discord takes, in characters; ours are as short in bytes.
const MAX: usize = 100;
/// What our ids open with.
const VERSION: &str = "r1:";
/// The longest field that is not the last, in bytes: room for a service's id and its escapes.
const MAX_FIELD: usize = 30;
/// Stands between fields.
const SEPARATOR: char = '|';
/// Opens an escape.
const ESCAPE: char = '~';

/// The id of a menu, and what that of a second one begins with: its choices carry the commands.
pub const MENU: &str = "r1:menu";

/// A command as an id of at most 100 bytes. Text that is too long is cut: it was typed, and what
/// is cut off is asked for like any cut-off name. Ids of activities and services always fit.
#[must_use]
pub fn encode(command: &Command) -> String {
    match command {
        Command::Ask { text, service } => {
            id("a", &[service.as_deref().unwrap_or_default(), text.as_str()])
        }
        Command::Message { text } => id("m", &[text]),
        Command::Show { id: activity, others } => with_tags("s", activity, others),
        Command::Compare { id: activity } => id("c", &[activity]),
        Command::Share { id: activity, compared: false } => id("p", &[activity]),
        Command::Share { id: activity, compared: true } => id("q", &[activity]),
        Command::NotThis { tag, others } => with_tags("t", tag, others),
        Command::Delete { poster } => id("x", &[poster]),
        Command::Browse { at: Shelf::Services { page } } => id("b", &[&page.to_string()]),
        Command::Browse { at: Shelf::Service { service, page } } => {
            id("v", &[&page.to_string(), service])
        }
        Command::Browse { at: Shelf::Section { service, section, page } } => {
            id("e", &[&page.to_string(), &section.to_string(), service])
        }
        Command::Picture { service, section } => id("i", &[&section.to_string(), service]),
        Command::Duties { party, participation, service, page } => id(
            "d",
            &[
                &page.to_string(),
                participation.as_deref().unwrap_or_default(),
                service.as_deref().unwrap_or_default(),
                party,
            ],
        ),
        Command::Help => id("h", &[]),
        Command::Admin(Admin::Status) => id("o", &["status"]),
        Command::Admin(Admin::Reload) => id("o", &["reload"]),
        Command::Admin(Admin::Unanswered { page }) => id("n", &[&page.to_string()]),
        Command::Unknown => id("u", &[]),
    }
}

/// The command of an id; `None` when it is not one of this version's.
#[must_use]
pub fn decode(id: &str) -> Option<Command> {
    let mut fields = id.strip_prefix(VERSION)?.split(SEPARATOR);
    let kind = fields.next()?;
    let fields: Vec<String> = fields.map(unescape).collect::<Option<_>>()?;
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let typed = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Some(match (kind, fields.as_slice()) {
        ("a", &[service, text]) => Command::Ask { text: text.to_owned(), service: typed(service) },
        ("m", &[text]) => Command::Message { text: text.to_owned() },
        ("s", &[id, ref rest @ ..]) => Command::Show { id: id.to_owned(), others: tags(rest)? },
        ("c", &[id]) => Command::Compare { id: id.to_owned() },
        ("p", &[id]) => Command::Share { id: id.to_owned(), compared: false },
        ("q", &[id]) => Command::Share { id: id.to_owned(), compared: true },
        ("t", &[tag, ref rest @ ..]) => {
            Command::NotThis { tag: tag.to_owned(), others: tags(rest)? }
        }
        ("x", &[poster]) => Command::Delete { poster: poster.to_owned() },
        ("b", &[page]) => Command::Browse { at: Shelf::Services { page: page.parse().ok()? } },
        ("v", &[page, service]) => Command::Browse {
            at: Shelf::Service { service: service.to_owned(), page: page.parse().ok()? },
        },
        ("e", &[page, section, service]) => Command::Browse {
            at: Shelf::Section {
                service: service.to_owned(),
                section: section.parse().ok()?,
                page: page.parse().ok()?,
            },
        },
        ("i", &[section, service]) => {
            Command::Picture { service: service.to_owned(), section: section.parse().ok()? }
        }
        ("d", &[page, participation, service, party]) => Command::Duties {
            party: party.to_owned(),
            participation: typed(participation),
            service: typed(service),
            page: page.parse().ok()?,
        },
        ("h", []) => Command::Help,
        ("n", &[page]) => Command::Admin(Admin::Unanswered { page: page.parse().ok()? }),
        ("o", &[action]) => Command::Admin(admin::named(action)?),
        ("u", []) => Command::Unknown,
        _ => return None,
    })
}

/// An id with as many tags as there is room for, one after the other.
fn with_tags(kind: &str, first: &str, tags: &[String]) -> String {
    let mut id = id(kind, &[first]);
    let room = MAX.saturating_sub(id.len() + SEPARATOR.len_utf8()) / TAG;
    let fitting = tags.iter().filter(|tag| tag.len() == TAG && tag.is_ascii()).take(room);
    let tags: String = fitting.map(String::as_str).collect();
    if !tags.is_empty() {
        id.push(SEPARATOR);
        escape(&tags, tags.len(), &mut id);
    }
    id
}

/// The tags of a field; `None` when it does not hold whole ones.
fn tags(fields: &[&str]) -> Option<Vec<String>> {
    match fields {
        [] => Some(Vec::new()),
        [tags] if tags.is_ascii() && !tags.is_empty() && tags.len() % TAG == 0 => {
            Some((0..tags.len()).step_by(TAG).map(|at| tags[at..at + TAG].to_owned()).collect())
        }
        _ => None,
    }
}

fn id(kind: &str, fields: &[&str]) -> String {
    let mut id = format!("{VERSION}{kind}");
    for (place, field) in (1..).zip(fields) {
        id.push(SEPARATOR);
        let room = MAX - id.len();
        let last = place == fields.len();
        escape(field, if last { room } else { room.min(MAX_FIELD) }, &mut id);
    }
    id
}

/// Adds a field of at most `max` bytes.
fn escape(field: &str, max: usize, id: &mut String) {
    let end = id.len() + max;
    for c in field.chars() {
        let mut utf8 = [0; 4];
        let piece = match c {
            ESCAPE => "~0",
            SEPARATOR => "~1",
            _ => c.encode_utf8(&mut utf8),
        };
        if id.len() + piece.len() > end {
            break;
        }
        id.push_str(piece);
    }
}

fn unescape(field: &str) -> Option<String> {
    let mut text = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            ESCAPE => match chars.next()? {
                '0' => ESCAPE,
                '1' => SEPARATOR,
                _ => return None,
            },
            c => c,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn command(long: usize) -> impl Strategy<Value = Command> {
        let activity = "[a-z0-9.-]{1,72}";
        let service = "[a-z0-9-]{1,24}";
        let typed =
            move || prop::collection::vec(any::<char>(), 1..long).prop_map(String::from_iter);
        let letter = "[A-Za-z|~ ]{1,12}";
        // As many as fit beside the longest id of an activity.
        let tags = || prop::collection::vec("[a-z0-9]{8}", 0..3);
        prop_oneof![
            (typed(), prop::option::of(service))
                .prop_map(|(text, service)| Command::Ask { text, service }),
            typed().prop_map(|text| Command::Message { text }),
            (activity, tags()).prop_map(|(id, others)| Command::Show { id, others }),
            activity.prop_map(|id| Command::Compare { id }),
            (activity, any::<bool>()).prop_map(|(id, compared)| Command::Share { id, compared }),
            ("[a-z0-9]{8}", tags()).prop_map(|(tag, others)| Command::NotThis { tag, others }),
            "[0-9]{1,20}".prop_map(|poster| Command::Delete { poster }),
            any::<u16>().prop_map(|page| Command::Browse { at: Shelf::Services { page } }),
            (service, any::<u16>()).prop_map(|(service, page)| Command::Browse {
                at: Shelf::Service { service, page }
            }),
            (service, any::<u16>(), any::<u16>()).prop_map(|(service, section, page)| {
                Command::Browse { at: Shelf::Section { service, section, page } }
            }),
            (typed(), prop::option::of(letter), prop::option::of(service), any::<u16>()).prop_map(
                |(party, participation, service, page)| {
                    Command::Duties { party, participation, service, page }
                }
            ),
            (service, any::<u16>())
                .prop_map(|(service, section)| Command::Picture { service, section }),
            Just(Command::Help),
            Just(Command::Admin(Admin::Status)),
            Just(Command::Admin(Admin::Reload)),
            any::<u16>().prop_map(|page| Command::Admin(Admin::Unanswered { page })),
            Just(Command::Unknown),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_command_comes_back_from_its_id(command in command(7)) {
            prop_assert_eq!(decode(&encode(&command)), Some(command));
        }

        #[test]
        fn an_id_is_never_too_long_and_always_ours(command in command(300)) {
            let id = encode(&command);
            prop_assert!(!id.is_empty() && id.len() <= MAX, "{} {}", id.len(), id);
            prop_assert!(decode(&id).is_some(), "{}", id);
        }

        #[test]
        fn any_id_is_read_or_refused(id in any::<String>(), ours in "[a-z]([|~01]|[a-z]){0,9}") {
            let _ = decode(&id);
            let _ = decode(&format!("{VERSION}{ours}"));
        }
    }

    #[test]
    fn ids_look_like_this() {
        let show = Command::Show { id: "kms-manage-backups-1f3c9abc".into(), others: Vec::new() };
        assert_eq!(encode(&show), "r1:s|kms-manage-backups-1f3c9abc");
        let not_this = Command::NotThis {
            tag: "1f3c9abc".into(),
            others: vec!["2f3c9abc".into(), "3f3c9abc".into()],
        };
        assert_eq!(encode(&not_this), "r1:t|1f3c9abc|2f3c9abc3f3c9abc");
        let duties = Command::Duties {
            party: "Us | them".into(),
            participation: None,
            service: Some("kms".into()),
            page: 2,
        };
        assert_eq!(encode(&duties), "r1:d|2||kms|Us ~1 them");
    }

    #[test]
    fn as_many_others_are_kept_as_fit() {
        let others: Vec<String> = (0..20).map(|n| format!("{n:08}")).collect();
        let not_this = Command::NotThis { tag: "1f3c9abc".into(), others: others.clone() };
        let kept = Command::NotThis { tag: "1f3c9abc".into(), others: others[..10].to_vec() };
        assert_eq!(decode(&encode(&not_this)), Some(kept));
        let id = "x".repeat(72);
        let show = Command::Show { id: id.clone(), others: others.clone() };
        let kept = Command::Show { id, others: others[..2].to_vec() };
        assert_eq!(decode(&encode(&show)), Some(kept));
    }

    #[test]
    fn ids_of_others_and_of_other_versions_are_not_ours() {
        for id in [
            "",
            "r1:",
            "r0:s|x",
            "r2:s|x",
            "menu:1",
            MENU,
            "r1:s",
            "r1:b|x",
            "r1:b|99999",
            "r1:s|a~",
            "r1:s|a|b",
            "r1:t|1f3c9abc|1f3c9abc1",
            "r1:t|1f3c9abc|ééééé",
        ] {
            assert_eq!(decode(id), None, "{id}");
        }
    }
}
