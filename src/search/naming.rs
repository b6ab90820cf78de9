//! Services are known by whatever people call them.

use super::{Confidence, Index, Query, Thesaurus};
use crate::domain::{Activity, ActivityId, Catalog, Matrix, Scheme, Service, Source};

fn matrix(id: &str, name: &str, rows: &[&str]) -> Matrix {
    let row = |name: &&str| Activity {
        id: ActivityId::new(id, None, &[], name),
        name: (*name).to_owned(),
        aliases: Vec::new(),
        note: None,
        section: None,
        assignments: Vec::new(),
    };
    Matrix {
        activities: rows.iter().map(row).collect(),
        service: Service {
            id: id.into(),
            name: name.into(),
            aliases: Vec::new(),
            confidential: false,
        },
        language: Some("en".into()),
        scheme: Scheme::Raci,
        legend: Vec::new(),
        source: Source::default(),
        parties: Vec::new(),
        sections: Vec::new(),
        allowances: Vec::new(),
    }
}

fn catalog() -> Catalog {
    Catalog::new(vec![
        matrix("ferns", "Hosted Private Garden with Ferns", &["manage backups", "water plants"]),
        matrix("ivy", "Hosted Private Garden with Ivy", &["manage backups", "cut plants"]),
        matrix(
            "kettle",
            "Managed Kettle",
            &["manage backups", "heat the kettle", "see Kettle Managed Backups"],
        ),
        matrix(
            "leaves",
            "Tea Leaf Store",
            &[
                "manage backups",
                "export TLS leaves",
                "follow rules like ABC 7 and others",
                "ask X4",
            ],
        ),
        matrix("pots", "Potshed", &["manage backups", "sweep"]),
    ])
}

fn thesaurus() -> Thesaurus {
    let term = |text: &str| super::thesaurus::Term { text: text.to_owned().into(), language: "en" };
    let set = |terms: &[&str]| super::thesaurus::Set {
        terms: terms.iter().map(|text| term(text)).collect(),
        near: Vec::new(),
    };
    Thesaurus {
        sets: vec![
            set(&["store", "cupboard"]),
            set(&["kettle", "boiler", "water heater"]),
            set(&["leaf store", "caddy", "tin"]),
        ],
    }
}

#[test]
fn services_are_named_by_initials_parts_and_other_words() {
    let catalog = catalog();
    let index = Index::build(&catalog, &thesaurus());
    for (text, named) in [
        // Its initials and that it is a service.
        ("mks backups", ["kettle"].as_slice()),
        // Initials that rows of the service itself have.
        ("tls backups", &["leaves"]),
        // The next word of a name that has begun, in other words.
        ("tea leaf cupboard backups", &["leaves"]),
        // Another word for the only word of a name that tells, though it also means a phrase.
        ("boiler backups", &["kettle"]),
        // What several names begin with.
        ("hosted private garden backups", &["ferns", "ivy"]),
        // A word that no activity has.
        ("ivy backups", &["ivy"]),
        ("potshed backups", &["pots"]),
        ("manage backups", &[]),
        // Initials of what a row says, the words of which are its service's own.
        ("cut plants kmb", &[]),
    ] {
        let found = index.search(&catalog, Query { text, scope: &[0, 1, 2, 3, 4] });
        let id = |matrix: &u32| catalog.matrices()[*matrix as usize].service.id.as_str();
        assert_eq!(found.named.iter().map(id).collect::<Vec<_>>(), named, "{text}");
    }
}

#[test]
fn a_word_is_found_with_a_number_written_to_it() {
    let catalog = catalog();
    let index = Index::build(&catalog, &thesaurus());
    for (text, expected) in [("abc7", Confidence::Answer), ("abc9", Confidence::Answer)] {
        let found = index.search(&catalog, Query { text, scope: &[3] });
        assert_eq!(found.confidence, expected, "{text}");
        let name = &catalog.at(found.hits[0].key).activity.name;
        assert_eq!(name, "follow rules like ABC 7 and others", "{text}");
    }
    for text in ["zz9", "x9", "7"] {
        let found = index.search(&catalog, Query { text, scope: &[0] });
        assert_eq!(found.confidence, Confidence::Nothing, "{text}");
    }
}

#[test]
fn what_the_document_misspells_is_found_spelt_right() {
    let rows = ["produce machines and hosting buldings", "rotate keys", "monitor capacity"];
    let catalog = Catalog::new(vec![matrix("site", "Site", &rows)]);
    let term = |text: &str| super::thesaurus::Term { text: text.to_owned().into(), language: "en" };
    let terms = ["buildings", "facilities"].map(term).to_vec();
    let set = super::thesaurus::Set { terms, near: Vec::new() };
    let index = Index::build(&catalog, &Thesaurus { sets: vec![set] });
    for text in ["hosting buildings", "building", "buldings"] {
        let found = index.search(&catalog, Query { text, scope: &[0] });
        assert_eq!(found.confidence, Confidence::Answer, "{text}");
        assert_eq!(found.guess, text != "buldings", "{text}");
    }
    let found = index.search(&catalog, Query { text: "facilities", scope: &[0] });
    assert_eq!(found.confidence, Confidence::Nothing);
}
