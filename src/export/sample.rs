//! A small matrix with everything in it that is hard to write.

use time::macros::date;

use crate::domain::{
    Activity, ActivityId, Matrix, Participation, Participations, Party, Scheme, Section, Service,
    Source,
};

/// A small matrix: three sections, three rows, two parties, names full of markup.
pub(crate) fn matrix() -> Matrix {
    let section = |number: Option<&str>, title: &str, parent| Section {
        number: number.map(str::to_owned),
        title: title.to_owned(),
        parent,
    };
    let mut matrix = Matrix {
        service: Service {
            id: "kms".into(),
            name: "Key <Management> & Co".into(),
            aliases: vec!["vault".into()],
            confidential: false,
        },
        language: Some("en".into()),
        scheme: Scheme::Raci,
        legend: vec![
            (Participation::Responsible, "Does the work".into()),
            (Participation::Accountable, "Answers for it".into()),
            (Participation::Informed, "Is told".into()),
        ],
        source: Source {
            title: Some("Shared \"responsibilities\"".into()),
            excerpt: Some("Who does what".into()),
            url: Some("https://example.org/raci?a=1&b=2".into()),
            date: Some(date!(2024 - 10 - 02)),
            licence: Some("CC0".into()),
        },
        parties: vec![party("Customer", None), party("OVHcloud", Some("#kms-oncall"))],
        sections: vec![
            section(Some("3"), "Service usage", None),
            section(Some("3.1"), "Daily operations", Some(0)),
            section(None, "End of | life", Some(0)),
        ],
        activities: Vec::new(),
        allowances: Vec::new(),
    };
    let rows = [
        ("Manage backups", "", "RA", Some(1)),
        (
            "Import/export \"objects\", *all* of them | <script>alert(1)</script>",
            "RA",
            "I",
            Some(1),
        ),
        ("Destroy keys", "", "", Some(2)),
    ];
    for (name, customer, provider, section) in rows {
        let activity = activity(&matrix, name, &[customer, provider], section);
        matrix.activities.push(activity);
    }
    matrix.activities[0].aliases = vec!["tape robot".into()];
    matrix.activities[0].note = Some("Ask first, \"always\"".into());
    matrix
}

/// A row of a matrix.
pub(crate) fn activity(
    matrix: &Matrix,
    name: &str,
    cells: &[&str],
    section: Option<usize>,
) -> Activity {
    let path = section.map(|section| matrix.path(section)).unwrap_or_default();
    let path: Vec<(Option<&str>, &str)> =
        path.iter().map(|s| (s.number.as_deref(), s.title.as_str())).collect();
    let cell = |letters: &&str| -> Participations {
        letters.chars().filter_map(|letter| matrix.scheme.participation(letter)).collect()
    };
    Activity {
        id: ActivityId::new(&matrix.service.id, matrix.language.as_deref(), &path, name),
        name: name.to_owned(),
        aliases: Vec::new(),
        note: None,
        section,
        assignments: cells.iter().map(cell).collect(),
    }
}

fn party(name: &str, contact: Option<&str>) -> Party {
    Party { name: name.into(), aliases: Vec::new(), contact: contact.map(str::to_owned) }
}
