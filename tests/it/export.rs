//! What is exported comes back through import as it was: generated matrices, and KMS.

use std::path::Path;

use proptest::prelude::*;
use raci_bot::domain::{
    Activity, ActivityId, Matrix, Participation, Participations, Party, Scheme, Section, Service,
    Source,
};
use raci_bot::{export, import};

/// Text that some format takes for something else.
const TRAPS: &[&str] = &[
    "a | b",
    "| a",
    "a\\|b",
    "`code`",
    "``",
    "**bold** of it",
    "_it_ and __that__",
    "[a](https://example.org)",
    "![a](b.png)",
    "<b>bold</b> <br> of it",
    "&amp; &lt; &nbsp; now",
    "\\",
    "a\\",
    "~~gone~~ today",
    "$x$ and $$y$$",
    "[^1] see below",
    "[x] done",
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+33 1 23",
    "-1 on call",
    "@everyone now",
    "'=quoted",
    "'quoted'",
    "\"quoted\", and more",
    "a \"b\" c",
    "a;b\tc",
    "  spaces  around  ",
    "two\nlines",
    "line\r\nends",
    "🦀 crabs 👩‍👩‍👧",
    "備份を管理する",
    "Gérer l’été — œuvre",
    "مرحبا",
    "https://example.org/a_b_c?d=e&f=g",
    "mail@example.org",
    "# heading",
    "> quote",
    "--- rule",
    "(1) first",
    "C (see the annex)",
    "100% sure",
    ":---:",
    "Who's on call?",
    "a, b, c and d",
    "#42 of them",
    "Run A/B tests",
    "{.external} links",
    "{#anchor}",
    "1) first",
    "2. second",
    "3 apples",
    "'4) quoted",
    "so:",
];

fn words() -> impl Strategy<Value = String> {
    let trap = proptest::sample::select(TRAPS).prop_map(str::to_owned);
    prop_oneof![
        trap.clone().prop_map(|trap| format!("Handle {trap}")),
        trap.prop_map(|trap| format!("{trap} handled")),
        "[A-Z][a-z]{2,9}( [a-z]{2,9}){1,6}",
    ]
}

/// A section's number, its title, and what that ends in.
type Title = (Option<&'static str>, String, &'static str);

fn title() -> impl Strategy<Value = Title> {
    let trap = proptest::sample::select(TRAPS).prop_map(str::to_owned);
    let number = proptest::sample::select(&[None, None, Some("3"), Some("3.1"), Some("IV")][..]);
    (number, prop_oneof![trap, words()], proptest::sample::select(&["", "", ":", " -"][..]))
}

prop_compose! {
    /// A row's section, name, cells and note.
    fn row()(
        section in proptest::option::of(0_usize..4),
        name in words(),
        cells in proptest::collection::vec(
            proptest::collection::vec(proptest::sample::select(Participation::ALL.to_vec()), 0..4),
            5,
        ),
        note in proptest::option::of(words()),
    ) -> (Option<usize>, String, Vec<Vec<Participation>>, Option<String>) {
        (section, name, cells, note)
    }
}

prop_compose! {
    fn matrix()(
        scheme in proptest::sample::select(Scheme::ALL.to_vec()),
        service in words(),
        parties in proptest::collection::vec(words(), 2..6),
        titles in proptest::collection::vec((title(), any::<bool>()), 4),
        rows in proptest::collection::vec(row(), 1..12),
        meaning in proptest::option::of("[A-Z][a-z]{3,9} [a-z]{3,9} it"),
    ) -> Matrix {
        let party = |(index, name): (usize, &String)| Party {
            // Names that differ in their first words: what stands at the end may be cut.
            name: format!("P{index} {name}"),
            aliases: Vec::new(),
            contact: None,
        };
        let section = |(index, ((number, title, end), nested)): (usize, &(Title, bool))| Section {
            number: number.map(str::to_owned),
            title: format!("{title} {index}{end}"),
            parent: index.checked_sub(1).filter(|_| *nested),
        };
        let legend = meaning.map(|text| {
            scheme.letters().iter().map(|&(_, part)| (part, text.clone())).collect()
        });
        let mut matrix = Matrix {
            service: Service { id: "generated".into(), name: service, aliases: Vec::new(), confidential: titles.len() % 2 == 1 },
            language: None,
            scheme,
            legend: legend.unwrap_or_default(),
            source: Source::default(),
            parties: parties.iter().enumerate().map(party).collect(),
            sections: titles.iter().enumerate().map(section).collect(),
            activities: Vec::new(),
            allowances: Vec::new(),
        };
        let mut rows = rows;
        rows.sort_by_key(|(section, ..)| section.map_or(0, |index| index + 1));
        for (index, (section, name, cells, note)) in rows.into_iter().enumerate() {
            let cell = |set: &Vec<Participation>| -> Participations {
                set.iter().copied().filter(|&part| scheme.letter(part).is_some()).collect()
            };
            let name = format!("{name} no {index}");
            let assignments = cells.iter().take(matrix.parties.len()).map(cell).collect();
            let id = ActivityId::new("generated", None, &[], &name);
            let aliases = Vec::new();
            matrix.activities.push(Activity { id, name, aliases, note, section, assignments });
        }
        // Without a single letter nothing tells a matrix from any other table.
        matrix.activities[0].assignments[0].insert(scheme.doer());
        matrix
    }
}

fn flat(text: &str) -> String {
    let text: String = text.chars().filter(|c| c.is_whitespace() || !c.is_control()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What has to come back: parties, and each row with its path, letters and note.
fn told(matrix: &Matrix) -> Vec<String> {
    let parties = matrix.parties.iter().map(|party| flat(&party.name));
    let mut told = vec![matrix.scheme.id().to_owned(), parties.collect::<Vec<_>>().join(" · ")];
    for activity in &matrix.activities {
        let path = activity.section.map(|section| matrix.path(section)).unwrap_or_default();
        let path: Vec<String> = path.iter().map(|section| flat(&section.label())).collect();
        let cells: Vec<String> =
            activity.assignments.iter().map(|cell| cell.letters(matrix.scheme)).collect();
        let note = activity.note.as_deref().map(flat).unwrap_or_default();
        let name = flat(&activity.name);
        told.push(format!("{} ▸ {name} ▸ {} ▸ {note}", path.join(" › "), cells.join("|")));
    }
    told
}

fn comes_back(
    matrix: &Matrix,
    text: &str,
    read: fn(&Path, &[u8]) -> import::Loaded,
) -> Result<Matrix, TestCaseError> {
    let mut loaded = read(Path::new("generated"), text.as_bytes());
    let shown = import::render(&loaded.problems, false);
    prop_assert_eq!(loaded.matrices.len(), 1, "{}\n{}", text, shown);
    let after = loaded.matrices.remove(0);
    prop_assert_eq!(told(&after), told(matrix), "{}\n{}", text, shown);
    Ok(after)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_comes_back_unchanged(matrix in matrix()) {
        let text = export::markdown::write(&matrix);
        let after = comes_back(&matrix, &text, import::markdown::load)?;
        prop_assert_eq!(flat(&after.service.name), flat(&matrix.service.name));
        if !matrix.legend.is_empty() {
            prop_assert_eq!(&after.legend, &matrix.legend);
        }
        prop_assert_eq!(&after.service.id, &matrix.service.id);
        prop_assert_eq!(after.service.confidential, matrix.service.confidential);
    }

    #[test]
    fn csv_comes_back_unchanged(matrix in matrix()) {
        let text = export::csv::write(&matrix);
        let cells = text.lines().flat_map(|line| line.split(','));
        let runs = |cell: &str| cell.trim_matches('"').starts_with(['=', '+', '@']);
        prop_assert!(!cells.clone().any(runs), "{}", text);
        comes_back(&matrix, &text, import::csv::load)?;
    }
}
