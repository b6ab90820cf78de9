//! Each rule with a matrix that breaks it and one that does not.

use time::macros::date;

use super::*;
use crate::domain::scheme::Scheme;
use crate::domain::{ActivityId, Allowance, Party, Section, Service, Source};

/// A matrix of parties and rows; cells are letters, separated by spaces, `-` for none.
fn matrix(service: &str, parties: &[&str], rows: &[(&str, &str)]) -> Matrix {
    let cell = |letters: &str| {
        letters.chars().filter_map(|letter| Scheme::Raci.participation(letter)).collect()
    };
    let party =
        |name: &&str| Party { name: (*name).to_owned(), aliases: Vec::new(), contact: None };
    let activity = |(name, cells): &(&str, &str)| Activity {
        id: ActivityId::new(service, None, &[], name),
        name: (*name).to_owned(),
        aliases: Vec::new(),
        note: None,
        section: None,
        assignments: cells.split(' ').map(cell).collect(),
    };
    Matrix {
        service: Service {
            id: service.to_owned(),
            name: service.to_owned(),
            aliases: Vec::new(),
            confidential: false,
        },
        language: None,
        scheme: Scheme::Raci,
        legend: Vec::new(),
        source: Source::default(),
        parties: parties.iter().map(party).collect(),
        sections: Vec::new(),
        activities: rows.iter().map(activity).collect(),
        allowances: Vec::new(),
    }
}

const NORMS: Norms = Norms {
    today: date!(2026 - 11 - 23),
    limits: Limits { max_age: 730, max_responsible: 3, max_consulted: 5, max_informed: 8 },
};

/// What is found, as `rule: message`.
fn found(matrices: &[&Matrix]) -> Vec<String> {
    let findings = findings(matrices, NORMS, &Severities::new());
    findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.fault.message)).collect()
}

fn rules(matrices: &[&Matrix]) -> Vec<&'static str> {
    findings(matrices, NORMS, &Severities::new()).iter().map(|finding| finding.rule).collect()
}

#[test]
fn a_sound_matrix_breaks_no_rule() {
    let sound = matrix("s", &["Us", "Them"], &[("Manage backups", "RA I"), ("Pay", "C RA")]);
    assert_eq!(found(&[&sound]), [""; 0]);
}

#[test]
fn one_row_breaks_the_rules_of_rows() {
    let many = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    for (cells, rule) in [
        ("R I", "no-accountable"),
        ("RA A", "two-accountable"),
        ("A I", "nobody-responsible"),
        ("RA AI", "two-accountable"),
        ("RAI C", "mixed-cell"),
        ("RC A", "mixed-cell"),
        ("RA R R R", "too-many-responsible"),
        ("RA C C C C C C", "too-many-consulted"),
        ("RA I I I I I I I I I", "too-many-informed"),
    ] {
        let count = cells.split(' ').count();
        let broken = matrix("s", &many[..count], &[("Manage backups", cells)]);
        assert!(rules(&[&broken]).contains(&rule), "{cells}: {:?}", found(&[&broken]));
    }
    let broken = matrix("s", &["Us", "Them"], &[("Pay", "RA AI")]);
    assert_eq!(
        found(&[&broken]),
        [
            "two-accountable: 2 parties are accountable for `Pay`: Us, Them",
            "mixed-cell: who acts in `Pay` is also told or asked: `AI` for Them",
        ]
    );
}

#[test]
fn an_administrator_changes_what_is_too_much() {
    let usual = matrix("s", &["a", "b", "c"], &[("Pay", "RA C C"), ("Buy", "RA I I")]);
    let strict = Limits { max_consulted: 1, max_informed: 1, ..NORMS.limits };
    let found = findings(&[&usual], Norms { limits: strict, ..NORMS }, &Severities::new());
    let found: Vec<&str> = found.iter().map(|finding| finding.fault.message.as_str()).collect();
    assert_eq!(
        found,
        [
            "2 parties are consulted about `Pay`, usual are at most 1",
            "2 parties are informed of `Buy`, usual are at most 1",
        ]
    );
    assert_eq!(rules(&[&usual]), [""; 0]);
}

#[test]
fn an_allowance_without_a_reason_is_told() {
    let mut broken =
        allowing(&matrix("s", &["Us"], &[("Pay", "R")]), &[("no-accountable", Scope::Matrix)]);
    assert_eq!(found(&[&broken]), [""; 0]);
    broken.allowances[0].reason = None;
    assert_eq!(
        found(&[&broken]),
        ["unexplained-allowance: `no-accountable` may be broken here, and nothing says why"]
    );
}

#[test]
fn a_party_without_a_role_and_one_with_nearly_all_are_seen() {
    let names: Vec<String> = ('a'..='j').map(|c| c.to_string().repeat(3)).collect();
    let rows: Vec<(&str, &str)> = names
        .iter()
        .enumerate()
        .map(|(i, name)| (name.as_str(), if i == 0 { "I RA -" } else { "RA I -" }))
        .collect();
    assert_eq!(
        found(&[&matrix("s", &["Us", "Them", "Nobody"], &rows)]),
        [
            "idle-party: `Nobody` has no role in any activity",
            "overloaded-party: `Us` is accountable for 9 of 10 activities",
        ]
    );
    assert_eq!(found(&[&matrix("s", &["Us", "Them", "No"], &rows[..5])]).len(), 1);
    assert_eq!(found(&[&matrix("s", &["Us"], &[])]), [""; 0]);
}

#[test]
fn names_that_differ_by_a_slip_are_near_duplicates() {
    for (one, other, near) in [
        ("Manage backups", "Manage backup", true),
        ("Manage backups", "manage  backups.", true),
        ("Manage backups", "Backups: manage", true),
        ("Mange backups", "Manage backups", true),
        ("Manage backups", "Manage backups", false),
        ("Create keys", "Delete keys", false),
        ("Import key", "Export key", false),
        ("Enable the service", "Disable the service", false),
        ("Tier 1 support", "Tier 2 support", false),
        ("Run plan A", "Run plan B", false),
        ("Upgrade version10", "Upgrade version11", false),
        ("…", "!", false),
    ] {
        let matrix = matrix("s", &["Us"], &[(one, "RA"), ("Zzz", "RA"), (other, "RA")]);
        assert_eq!(rules(&[&matrix]).contains(&"near-duplicate"), near, "{one} and {other}");
    }
}

#[test]
fn near_duplicates_are_found_among_many_in_reasonable_time() {
    let names: Vec<String> = (0..20_000).map(|i| format!("Activity {i:x} of many")).collect();
    let mut rows: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "RA")).collect();
    rows.push(("Restore volumes from snapshots", "RA"));
    rows.insert(0, ("Restore volumes from snapshot", "RA"));
    let found = found(&[&matrix("s", &["Us"], &rows)]);
    assert!(found.contains(
        &"near-duplicate: `Restore volumes from snapshots` is nearly `Restore volumes from snapshot`"
            .to_owned()
    ));
}

#[test]
fn the_same_activity_with_other_owners_elsewhere_is_noted_once() {
    let one = matrix("one", &["Us", "Them"], &[("Manage backups", "RA I")]);
    let two = matrix("two", &["us", "Them"], &[("Manage backups", "RA I")]);
    let three = matrix("three", &["Us", "Them"], &[("manage backups", "I RA")]);
    let four = matrix("four", &["Us", "Them"], &[("Manage backups", "I RA")]);
    assert_eq!(
        found(&[&one, &two, &three, &four]),
        ["different-owners: `manage backups` is accounted for by Us in one and by Them in three"]
    );
    let note = findings(&[&one, &four], NORMS, &Severities::new());
    assert_eq!((note[0].severity, note[0].matrix), (Severity::Note, 1));
}

#[test]
fn aliases_that_lead_to_two_things_clash() {
    let mut one = matrix("one", &["Us", "Them"], &[("Manage backups", "RA I"), ("Pay", "RA I")]);
    let mut two = matrix("two", &["Us"], &[("Restore", "RA")]);
    one.service.aliases = vec!["store".into()];
    two.service.aliases = vec!["Store".into()];
    one.parties[0].aliases = vec!["them".into()];
    one.activities[0].aliases = vec!["tape".into(), "restore".into()];
    one.activities[1].aliases = vec!["TAPE".into()];
    assert_eq!(
        found(&[&one, &two]),
        [
            "clashing-alias: the alias `Store` also means the service `one`",
            "clashing-alias: the alias `them` also means the party `Them`",
            "clashing-alias: the alias `TAPE` also means the activity `Manage backups`",
        ]
    );
    let mut french = one.clone();
    french.parties[0].aliases.clear();
    french.activities[1].aliases.clear();
    assert_eq!(found(&[&french, &french]), [""; 0], "variants of one service share its aliases");
}

#[test]
fn an_old_source_and_a_long_name_are_seen() {
    let long = "x".repeat(101);
    let mut old = matrix("s", &["Us"], &[(long.as_str(), "RA")]);
    old.source.date = Some(date!(2024 - 10 - 02));
    assert_eq!(
        found(&[&old]),
        [
            "stale-source: the source is dated 2024-10-02, 782 days ago",
            "cut-name: a name of 101 characters, Discord shows 100 in menus",
        ]
    );
    old.source.date = Some(date!(2025 - 01 - 01));
    old.activities[0].name = "é".repeat(100);
    assert_eq!(found(&[&old]), [""; 0]);
}

/// A matrix that allows a rule to be broken there.
fn allowing(matrix: &Matrix, allowed: &[(&str, Scope)]) -> Matrix {
    let allowance = |&(rule, scope): &(&str, Scope)| Allowance {
        rule: rule.to_owned(),
        reason: Some("so it is".to_owned()),
        scope,
    };
    Matrix { allowances: allowed.iter().map(allowance).collect(), ..matrix.clone() }
}

#[test]
fn what_is_allowed_is_not_found_and_an_allowance_that_nothing_needs_is() {
    let mut broken = matrix("s", &["Us", "Them"], &[("Pay", "R -"), ("Buy", "R -")]);
    broken.sections = vec![
        Section { number: None, title: "Money".into(), parent: None },
        Section { number: None, title: "Cash".into(), parent: Some(0) },
    ];
    broken.activities[0].section = Some(1);
    let (pay, buy) = (
        "no-accountable: nobody is accountable for `Pay`",
        "no-accountable: nobody is accountable for `Buy`",
    );
    let idle = "idle-party: `Them` has no role in any activity";
    let needless = "needless-allowance: nothing here breaks `no-accountable` any longer";
    let rule = "no-accountable";
    for (allowed, expected) in [
        (vec![], vec![pay, buy, idle]),
        (vec![(rule, Scope::Matrix)], vec![idle]),
        (vec![(rule, Scope::Activity(0))], vec![buy, idle]),
        (vec![(rule, Scope::Section(0))], vec![buy, idle]),
        (vec![(rule, Scope::Section(1)), (rule, Scope::Section(0))], vec![buy, idle, needless]),
        (vec![(rule, Scope::Matrix), (rule, Scope::Activity(1))], vec![idle]),
        (vec![(rule, Scope::Party(1))], vec![pay, buy, idle, needless]),
        (vec![("idle-party", Scope::Party(1))], vec![pay, buy]),
        (
            vec![("idle-party", Scope::Activity(1)), (rule, Scope::Matrix)],
            vec![idle, "needless-allowance: nothing here breaks `idle-party` any longer"],
        ),
    ] {
        assert_eq!(found(&[&allowing(&broken, &allowed)]), expected, "{allowed:?}");
    }
}

#[test]
fn an_allowance_is_not_judged_where_its_rule_is_not_checked() {
    let one = matrix("one", &["Us", "Them"], &[("Manage backups", "RA I")]);
    let two = matrix("two", &["Us", "Them"], &[("Manage backups", "I RA")]);
    let allowed = allowing(&two, &[("different-owners", Scope::Activity(0))]);
    assert_eq!(found(&[&one, &allowed]), [""; 0]);
    assert_eq!(found(&[&allowed]), [""; 0], "the other service is not looked at");
    let three = matrix("three", &["Us", "Them"], &[("Pay", "I RA")]);
    assert_eq!(rules(&[&allowed, &three]), ["needless-allowance"]);
    let mut off = Severities::new();
    off.insert("mixed-cell".into(), None);
    let allowed = allowing(&one, &[("mixed-cell", Scope::Matrix)]);
    assert!(findings(&[&allowed], NORMS, &off).is_empty());
    assert_eq!(rules(&[&allowed]), ["needless-allowance"]);
}

#[test]
fn every_other_answer_is_noted_where_it_is_given_first() {
    let answer = |service, cells| matrix(service, &["Us", "Them"], &[("Manage backups", cells)]);
    let (one, two) = (answer("one", "RA I"), answer("two", "I RA"));
    let (three, four) = (answer("three", "I RA"), answer("four", "A RA"));
    let found = findings(&[&one, &two, &three, &four], NORMS, &Severities::new());
    let found = found.iter().filter(|finding| finding.rule == "different-owners");
    assert_eq!(found.map(|finding| finding.matrix).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn an_administrator_changes_severities_and_turns_rules_off() {
    let broken = matrix("s", &["Us"], &[("Pay", "R")]);
    let mut severities = Severities::new();
    severities.insert("no-accountable".into(), Some(Severity::Error));
    assert_eq!(findings(&[&broken], NORMS, &severities)[0].severity, Severity::Error);
    severities.insert("no-accountable".into(), None);
    assert!(findings(&[&broken], NORMS, &severities).is_empty());
}

#[test]
fn rules_are_named_once_and_explained() {
    for (at, rule) in RULES.iter().enumerate() {
        assert!(RULES[..at].iter().all(|other| other.id != rule.id), "{}", rule.id);
        assert!(rule.explanation.ends_with('.') && !rule.explanation.contains("  "), "{}", rule.id);
    }
    assert!(CHECKS.iter().all(|check| rule(check.id).is_some()));
}
