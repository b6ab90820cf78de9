//! Dialogues with the core: what is asked, and the reply as it is read.

mod duties;
mod messages;
mod not_this;
mod parties;
mod several;

use time::macros::date;

use super::reply::{Audience, LineKind};
use super::settings::{ChannelRule, PartySettings};
use super::*;
use crate::domain::{
    Activity, ActivityId, Participations, Party, Scheme, Section, Service, Source,
};
use crate::search::Thesaurus;
use crate::search::thesaurus::{Set, Term};

fn party(name: &str) -> Party {
    Party { name: name.into(), aliases: Vec::new(), contact: None }
}

fn matrix(id: &str, name: &str, rows: &[(usize, &str, &str, &str)]) -> Matrix {
    let sections = vec![
        Section { number: Some("3".into()), title: "Service usage".into(), parent: None },
        Section { number: Some("3.1".into()), title: "Daily operations".into(), parent: Some(0) },
        Section { number: Some("3.2".into()), title: "Incidents".into(), parent: Some(0) },
    ];
    let cell = |letters: &str| -> Participations {
        letters.chars().filter_map(|letter| Scheme::Raci.participation(letter)).collect()
    };
    let activity = |&(section, name, customer, provider): &(usize, &str, &str, &str)| Activity {
        id: ActivityId::new(id, None, &[(sections[section].number.as_deref(), "")], name),
        name: name.into(),
        aliases: Vec::new(),
        note: None,
        section: Some(section),
        assignments: vec![cell(customer), cell(provider)],
    };
    Matrix {
        service: Service {
            id: id.into(),
            name: name.into(),
            aliases: Vec::new(),
            confidential: false,
        },
        language: None,
        scheme: Scheme::Raci,
        legend: Vec::new(),
        source: Source { date: Some(date!(2024 - 10 - 02)), ..Source::default() },
        parties: vec![party("Customer"), party("OVHcloud")],
        activities: rows.iter().map(activity).collect(),
        allowances: Vec::new(),
        sections,
    }
}

fn kms() -> Matrix {
    matrix(
        "kms",
        "OVHcloud KMS",
        &[
            (1, "Manage backups", "", "RA"),
            (1, "Administrate keys stored on the KMS", "RA", ""),
            (1, "Rotate the logs", "R", "A"),
            (2, "Handle incidents", "AI", "RA"),
            (2, "Write the report", "R", "I"),
            (2, "Sign the contract", "I", "A"),
            (2, "Water the plants", "", ""),
        ],
    )
}

fn context() -> Context {
    let ada = Asker { id: "11".into(), name: "Ada".into(), ..Asker::default() };
    Context { asker: Some(ada), ..Context::new(Language::English, date!(2026 - 11 - 23)) }
}

struct World {
    catalog: Catalog,
    index: Index,
    settings: Settings,
    context: Context,
}

impl World {
    fn of(matrices: Vec<Matrix>) -> Self {
        let catalog = Catalog::new(matrices);
        let index = Index::build(&catalog, &Thesaurus::default());
        Self { catalog, index, settings: Settings::default(), context: context() }
    }

    fn sources(&self) -> Sources<'_> {
        Sources { catalog: &self.catalog, index: &self.index, settings: &self.settings }
    }

    fn answer(&self, command: &Command) -> Reply {
        self.sources().answer(command, &self.context)
    }

    fn id(&self, name: &str) -> String {
        let key = self
            .catalog
            .keys()
            .find(|&key| self.catalog.at(key).activity.name == name)
            .expect("an activity of this name");
        self.catalog.at(key).activity.id.as_str().to_owned()
    }

    fn show(&self, name: &str) -> String {
        read(&self.answer(&Command::Show { id: self.id(name), others: Vec::new() }))
    }

    fn ask(&self, text: &str) -> Reply {
        self.answer(&Command::Ask { text: text.into(), service: None })
    }

    fn ask_in(&self, service: &str, text: &str) -> Reply {
        self.answer(&Command::Ask { text: text.into(), service: Some(service.into()) })
    }

    fn duties(&self, party: &str, participation: Option<&str>) -> Reply {
        self.answer(&Command::Duties {
            party: party.into(),
            participation: participation.map(str::to_owned),
            service: None,
            page: 0,
        })
    }
}

/// A reply as a plain-text platform would show it.
fn read(reply: &Reply) -> String {
    let sign = |kind| match kind {
        LineKind::Warning => "⚠ ",
        LineKind::Item => "- ",
        _ => "",
    };
    let lines =
        reply.lines.iter().map(|line| format!("{}{}", sign(line.kind), line.text.to_plain()));
    reply
        .preamble
        .iter()
        .map(Text::to_plain)
        .chain([reply.headline.to_plain()])
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

/// What can be pressed.
fn labels(reply: &Reply) -> Vec<&str> {
    reply.buttons.iter().map(|button| button.label.as_str()).collect()
}

/// The command behind the button of this label.
fn press<'a>(reply: &'a Reply, label: &str) -> &'a Command {
    let button = reply.buttons.iter().find(|button| button.label == label);
    &button.expect("there is such a button").command
}

#[test]
fn the_first_line_says_who_does_it_and_who_answers_for_it() {
    let world = World::of(vec![kms()]);
    assert_eq!(
        world.show("Manage backups"),
        "Manage backups → OVHcloud does it and answers for it (R, A).\n\
         R Responsible: OVHcloud\n\
         A Accountable: OVHcloud\n\
         Customer: no role listed · Consulted: nobody · Informed: nobody\n\
         OVHcloud KMS › 3.1 Daily operations · source dated 2 Oct 2024 (2 years ago) — check before you rely on it"
    );
    for (name, headline) in [
        ("Rotate the logs", "Rotate the logs → Customer does it (R), OVHcloud answers for it (A)."),
        ("Write the report", "Write the report → Customer does it (R)."),
        (
            "Sign the contract",
            "Sign the contract → nobody is named to do it, OVHcloud answers for it (A).",
        ),
        ("Water the plants", "Water the plants → nobody is named to do it or to answer for it."),
    ] {
        assert_eq!(world.show(name).lines().next(), Some(headline));
    }
}

#[test]
fn two_accountables_are_shown_as_they_stand_with_a_warning() {
    let world = World::of(vec![kms()]);
    assert_eq!(
        world.show("Handle incidents"),
        "Handle incidents → OVHcloud does it (R).\n\
         ⚠ Two accountables in the source: Customer and OVHcloud. RACI expects one: agree now who decides.\n\
         R Responsible: OVHcloud\n\
         A Accountable: Customer, OVHcloud\n\
         I Informed: Customer\n\
         Consulted: nobody\n\
         OVHcloud KMS › 3.2 Incidents · source dated 2 Oct 2024 (2 years ago) — check before you rely on it"
    );
}

#[test]
fn what_the_source_leaves_open_is_a_warning() {
    let world = World::of(vec![kms()]);
    let warning = |name: &str| {
        world
            .show(name)
            .lines()
            .filter(|l| l.starts_with('⚠'))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(warning("Write the report"), ["⚠ No accountable in the source."]);
    assert_eq!(warning("Sign the contract"), ["⚠ No responsible in the source."]);
    assert_eq!(warning("Manage backups"), [""; 0]);
}

#[test]
fn an_answer_names_its_service_where_there_are_several() {
    let world = World::of(vec![kms(), matrix("vps", "VPS", &[(1, "Manage backups", "RA", "")])]);
    let id = world
        .catalog
        .find(world.catalog.at(world.catalog.keys().last().expect("a key")).activity.id.as_str());
    assert!(id.is_some());
    assert_eq!(
        world.show("Rotate the logs").lines().next(),
        Some("Rotate the logs (OVHcloud KMS) → Customer does it (R), OVHcloud answers for it (A).")
    );
}

#[test]
fn a_plain_word_of_the_readers_language_is_no_guess() {
    let term = |text: &'static str, language| Term { text: text.into(), language };
    let terms = vec![term("backup", "en"), term("sauvegarde", "fr")];
    let thesaurus = Thesaurus { sets: vec![Set { terms, near: Vec::new() }] };
    let mut matrix = kms();
    matrix.language = Some("en".into());
    let mut world = World::of(vec![matrix]);
    world.index = Index::build(&world.catalog, &thesaurus);
    let preamble = |world: &World| world.ask("sauvegardes").preamble.map(|text| text.to_plain());
    assert_eq!(preamble(&world).as_deref(), Some("Closest to “sauvegardes”:"));
    world.context.language = Language::French;
    assert_eq!(preamble(&world), None);
}

#[test]
fn answers_are_private_unless_the_channel_or_the_asker_says_otherwise() {
    let mut world = World::of(vec![kms()]);
    let command = Command::Show { id: world.id("Manage backups"), others: Vec::new() };
    let private = world.answer(&command);
    assert_eq!(private.audience, Audience::Asker);
    assert_eq!(
        labels(&private),
        ["Share", "Not this?", "Back to list"],
        "a private answer can be shared"
    );
    world.settings.channels =
        vec![ChannelRule { channel: "inc-*".into(), public: Some(true), ..ChannelRule::default() }];
    world.context.channel =
        Some(Channel { id: "1".into(), name: Some("inc-7".into()), parent: None });
    let public = world.answer(&command);
    assert_eq!(public.audience, Audience::Channel);
    assert_eq!(labels(&public), ["Not this?", "Delete"]);
    assert_eq!(public.buttons[1].command, Command::Delete { poster: "11".into() });
    world.context.share = Some(false);
    assert_eq!(world.answer(&command).audience, Audience::Asker);
    assert_eq!(world.answer(&Command::Help).audience, Audience::Asker);
}

#[test]
fn a_shared_answer_is_for_everybody_and_names_who_asked() {
    let world = World::of(vec![kms()]);
    let reply = world.answer(&Command::Share { id: world.id("Manage backups"), compared: false });
    assert_eq!(reply.audience, Audience::Channel);
    assert!(read(&reply).ends_with("Asked by Ada"));
    assert_eq!(labels(&reply), ["Not this?", "Delete"]);
}

#[test]
fn only_whoever_posted_an_answer_and_moderators_take_it_back() {
    let mut world = World::of(vec![kms()]);
    let mut outcome = |poster: &str, moderates| {
        world.context.asker = Some(Asker { id: "11".into(), moderates, ..Asker::default() });
        world.answer(&Command::Delete { poster: poster.into() }).outcome
    };
    assert_eq!(outcome("11", false), Outcome::Deleted);
    assert_eq!(outcome("12", false), Outcome::Refused);
    assert_eq!(outcome("12", true), Outcome::Deleted);
    world.context.asker = None;
    let by_ada = World::of(vec![kms()]).answer(&Command::Delete { poster: "11".into() });
    assert_eq!(read(&by_ada), "Answer deleted by Ada.");
    let nobody = world.answer(&Command::Delete { poster: String::new() });
    assert_eq!(nobody.outcome, Outcome::Refused);
    assert_eq!(read(&nobody), "Only whoever posted it, or a moderator, can delete it.");
}

#[test]
fn one_service_is_browsed_by_its_sections_at_once() {
    let world = World::of(vec![kms()]);
    let reply = world.answer(&Command::Browse { at: Shelf::Services { page: 0 } });
    assert_eq!(
        read(&reply),
        "OVHcloud KMS · 7 activities\n- 3.1 Daily operations — 3 activities\n- 3.2 Incidents — 4 activities"
    );
    let menu = &reply.menus[0];
    let section = world.answer(&menu.choices[0].command);
    assert_eq!(
        read(&section).lines().take(2).collect::<Vec<_>>(),
        ["OVHcloud KMS › 3.1 Daily operations · 3 activities", "- Manage backups — OVHcloud RA"]
    );
    let activity = world.answer(&section.menus[0].choices[0].command);
    assert!(read(&activity).starts_with("Manage backups →"));
    assert_eq!(section.buttons[0].label, "Back to list");
}

#[test]
fn french_is_answered_in_french_and_matrix_text_is_left_alone() {
    let mut world = World::of(vec![kms()]);
    world.context.language = Language::of_locale("fr_FR.UTF-8");
    assert_eq!(
        world.show("Manage backups").lines().next(),
        Some("Manage backups → OVHcloud s’en charge et en répond (R, A).")
    );
}

#[test]
fn help_shows_the_commands_and_the_documents_own_legend() {
    let mut matrix = kms();
    matrix.legend = vec![(crate::domain::Participation::Responsible, "Is in charge".into())];
    let help = read(&World::of(vec![matrix]).answer(&Command::Help));
    assert!(
        help.contains("- /raci [activity] [service] [share] — Who is responsible for this?"),
        "{help}"
    );
    assert!(help.contains("R Responsible — Is in charge"), "{help}");
}
