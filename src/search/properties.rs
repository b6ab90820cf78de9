//! What must hold of every catalog and every query.

use std::hint::black_box;

use proptest::prelude::*;
use proptest::sample::{Index as Pick, select, subsequence};

use super::planner::Planner;
use super::rank::Ranker;
use super::{Confidence, Index, Query, Thesaurus, Verdict};
use crate::domain::{Activity, ActivityId, Catalog, Matrix, Scheme, Section, Service, Source};

/// Words of names, no two of a family: a word asked for covers one of a name.
const WORDS: [&str; 22] = [
    "backups",
    "capacity",
    "certificate",
    "configure",
    "control",
    "data",
    "deploy",
    "destroy",
    "handle",
    "incident",
    "keys",
    "logs",
    "manage",
    "monitor",
    "network",
    "plane",
    "recovery",
    "region",
    "rotate",
    "security",
    "the",
    "volumes",
];
/// Words that people type beside them, and that are none of theirs: one of theirs misspelt, and then
/// typed right, is asked for twice and may lose a little.
const UNRELATED: [&str; 5] = ["please", "zebra", "xyzzy", "who", "2048"];
/// Words that people type beside them.
const OTHERS: [&str; 10] = [
    "abckups",
    "certifcate",
    "please",
    "zebra",
    "xyzzy",
    "who",
    "netwrok",
    "sauvegarde",
    "2048",
    "printer",
];

fn matrix(id: &str, names: &[Vec<&str>]) -> Matrix {
    let row = |(row, words): (usize, &Vec<&str>)| Activity {
        id: ActivityId::new(id, None, &[], &format!("{} {row}", words.join(" "))),
        name: words.join(" "),
        aliases: Vec::new(),
        note: None,
        section: Some(0),
        assignments: Vec::new(),
    };
    Matrix {
        activities: names.iter().enumerate().map(row).collect(),
        service: Service {
            id: id.into(),
            name: id.into(),
            aliases: Vec::new(),
            confidential: false,
        },
        language: Some("en".into()),
        scheme: Scheme::Raci,
        legend: Vec::new(),
        source: Source::default(),
        parties: Vec::new(),
        sections: vec![Section { number: None, title: "Daily operations".into(), parent: None }],
        allowances: Vec::new(),
    }
}

fn thesaurus() -> Thesaurus {
    let term = |text: &str| super::thesaurus::Term { text: text.to_owned().into(), language: "en" };
    let set = |words: &[&str]| super::thesaurus::Set {
        terms: words.iter().map(|word| term(word)).collect(),
        near: vec![term("printer")],
    };
    Thesaurus { sets: vec![set(&["backup", "sauvegarde"]), set(&["region", "data location"])] }
}

/// A name: one to six words.
fn name() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(WORDS.to_vec(), 1..6)
        .prop_shuffle()
        .prop_filter("all fillers", |words| words.iter().any(|&word| word != "the"))
}

fn names() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    proptest::collection::vec(name(), 1..30)
}

fn scope(catalog: &Catalog) -> Vec<u32> {
    (0..).take(catalog.matrices().len()).collect()
}

/// What each activity scores for a query, by name; 0 for those that have nothing of it.
fn scores(catalog: &Catalog, index: &Index, text: &str) -> Vec<f32> {
    let plan = Planner::plan(index, text, &scope(catalog), false);
    let mut ranker = Ranker::new(index, &plan);
    let mut scores = vec![0.0; index.keys.len()];
    for (doc, key) in (0..).zip(&index.keys) {
        let score = ranker.score(doc).map_or(0.0, |scored| scored.score);
        scores[key.activity as usize] = score;
    }
    scores
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_activity_scores_no_less_when_one_of_its_words_is_added(
        names in names(),
        pick in any::<Pick>(),
        others in subsequence(UNRELATED.to_vec(), 0..3),
        some in any::<Vec<bool>>(),
        added in any::<Pick>(),
    ) {
        let row = pick.index(names.len());
        let kept = names[row].iter().zip(some.iter().chain(std::iter::repeat(&false)));
        let kept = kept.filter(|(_, kept)| **kept).map(|(word, _)| *word);
        let query: Vec<&str> = others.iter().copied().chain(kept).collect();
        let longer = [query.clone(), vec![names[row][added.index(names[row].len())]]].concat();
        let catalog = Catalog::new(vec![matrix("wiki", &names)]);
        let index = Index::build(&catalog, &thesaurus());
        let before = scores(&catalog, &index, &query.join(" "))[row];
        let after = scores(&catalog, &index, &longer.join(" "))[row];
        prop_assert!(after >= before - 1e-5, "{query:?} {before}, {longer:?} {after}");
    }

    #[test]
    fn a_full_name_ranks_first_or_with_its_namesakes(names in names(), pick in any::<Pick>()) {
        let meant = names[pick.index(names.len())].join(" ");
        let catalog = Catalog::new(vec![matrix("wiki", &names)]);
        let index = Index::build(&catalog, &thesaurus());
        let found = index.search(&catalog, Query { text: &meant, scope: &scope(&catalog) });
        prop_assert_eq!(found.confidence, Confidence::Answer);
        prop_assert_eq!(&catalog.at(found.hits[0].key).activity.name, &meant);
    }

    #[test]
    fn results_do_not_depend_on_the_order_of_files(
        services in proptest::collection::vec(names(), 2..5),
        query in proptest::collection::vec(select([WORDS.to_vec(), OTHERS.to_vec()].concat()), 1..5),
        turn in any::<Pick>(),
    ) {
        let mut matrices: Vec<Matrix> = services
            .iter()
            .enumerate()
            .map(|(at, names)| matrix(&format!("service-{at}"), names))
            .collect();
        let found = |matrices: &[Matrix]| {
            let catalog = Catalog::new(matrices.to_vec());
            let index = Index::build(&catalog, &thesaurus());
            let text = query.join(" ");
            let found = index.search(&catalog, Query { text: &text, scope: &scope(&catalog) });
            let ids = found.hits.iter().map(|hit| catalog.at(hit.key).activity.id.clone());
            (found.confidence, ids.collect::<Vec<_>>())
        };
        let before = found(&matrices);
        let turn = turn.index(matrices.len());
        matrices.rotate_left(turn);
        prop_assert_eq!(found(&matrices), before);
    }

    #[test]
    fn any_text_is_taken(text in ".{0,300}") {
        let catalog = Catalog::new(vec![matrix("wiki", &[vec!["manage", "backups"]])]);
        let index = Index::build(&catalog, &thesaurus());
        let query = Query { text: &text, scope: &[0] };
        black_box((index.search(&catalog, query), index.explain(&catalog, query)));
        black_box(index.complete(&catalog, query, 25));
    }
}

#[test]
fn a_row_that_only_mentions_a_word_is_not_sure_where_another_is_about_the_rest() {
    let names = [
        "design applications on the cluster to store no data locally as nodes come and go",
        "deploy patches and updates on the cluster",
        "announce patches",
        "approve patches to hardware",
        "monitor capacity",
        "rotate keys",
    ];
    let names = names.map(|name| name.split(' ').collect::<Vec<_>>());
    let catalog = Catalog::new(vec![matrix("wiki", &names)]);
    let index = Index::build(&catalog, &thesaurus());
    for (text, expected, verdict) in [
        ("who patches the nodes", Confidence::Suggestions, Verdict::Divided),
        ("nodes come and go", Confidence::Answer, Verdict::Enough),
        ("who deploys the patches", Confidence::Answer, Verdict::Enough),
    ] {
        let found = index.explain(&catalog, Query { text, scope: &scope(&catalog) });
        assert_eq!((found.findings.confidence, found.verdict), (expected, verdict), "{text}");
        let first = catalog.at(found.findings.hits[0].key).activity.name.starts_with("design");
        assert_eq!(first, text.starts_with("nodes"), "{text}");
    }
}
