//! The words that headers, cells and legends use, in the languages that matrices were seen in.

use crate::domain::Participation;

/// Headers of the column that names what has to be done.
const ACTIVITY: &[&str] = &[
    "activity",
    "activities",
    "activite",
    "activites",
    "actividad",
    "actividades",
    "attivita",
    "atividade",
    "atividades",
    "aktivitat",
    "aktivitaten",
    "aktywnosc",
    "czynnosc",
    "zadanie",
    "task",
    "tasks",
    "tache",
    "taches",
    "tarea",
    "tareas",
    "tarefa",
    "compito",
    "compiti",
    "aufgabe",
    "aufgaben",
    "tatigkeit",
    "process",
    "processus",
    "prozess",
    "proceso",
    "processo",
    "process step",
    "step",
    "work item",
    "work package",
    "deliverable",
    "deliverables",
    "responsibility",
    "responsibilities",
    "responsabilite",
    "action",
    "actions",
    "control",
    "task or activity",
    "task activity",
    "activity task",
    "function",
    "duty",
    "requirement",
];

/// Headers of the activity column that mean something else where one of [`ACTIVITY`] stands.
const ACTIVITY_MAYBE: &[&str] =
    &["item", "description", "name", "what", "title", "detail", "details"];

/// Headers of columns that group rows, outermost first where there are several.
const GROUP: &[&str] = &[
    "phase",
    "phasen",
    "phases",
    "fase",
    "faza",
    "stage",
    "category",
    "categorie",
    "kategorie",
    "categoria",
    "kategoria",
    "area",
    "domain",
    "domaine",
    "section",
    "group",
    "gruppe",
    "groupe",
    "theme",
    "topic",
    "workstream",
    "stream",
    "chapter",
    "process area",
    "life cycle",
    "lifecycle",
    "process group",
    "function group",
];

/// Headers of columns that number rows.
const NUMBER: &[&str] = &[
    "",
    "no",
    "nr",
    "n",
    "id",
    "ref",
    "reference",
    "number",
    "num",
    "numero",
    "item no",
    "lp",
    "row",
];

/// Headers of columns whose cells are about the row and not somebody's part in it.
const REMARK: &[&str] = &[
    "sla",
    "ola",
    "kpi",
    "remark",
    "remarks",
    "remarque",
    "remarques",
    "comment",
    "comments",
    "commentaire",
    "commentaires",
    "kommentar",
    "kommentare",
    "comentario",
    "comentarios",
    "commento",
    "commenti",
    "note",
    "notes",
    "notas",
    "bemerkung",
    "bemerkungen",
    "anmerkung",
    "anmerkungen",
    "uwagi",
    "description",
    "details",
    "detail",
    "explanation",
    "frequency",
    "frequence",
    "due",
    "due date",
    "deadline",
    "priority",
    "status",
    "severity",
    "criticality",
    "class",
    "type",
    "tool",
    "tools",
    "evidence",
    "output",
    "input",
    "link",
    "links",
    "references",
    "phase",
    "category",
    "scope",
    "since",
    "hours",
    "timing",
    "when",
];

/// Headers of a first column whose rows are parties, so that the table lies on its side.
const PARTIES: &[&str] = &[
    "party",
    "parties",
    "role",
    "roles",
    "role activity",
    "roles activities",
    "role task",
    "actor",
    "actors",
    "position",
    "member",
    "members",
    "team",
    "teams",
    "who",
    "person",
    "people",
    "stakeholder",
    "stakeholders",
    "partie",
    "parties prenantes",
    "equipe",
    "rolle",
    "rollen",
    "rol",
    "ruolo",
];

/// The words that stand in cells and headers for each participation, without accents.
const WORDS: &[(&[&str], Participation)] = &[
    (
        &[
            "responsible",
            "responsable",
            "responsables",
            "verantwortlich",
            "responsabile",
            "responsavel",
            "odpowiedzialny",
            "realisateur",
        ],
        Participation::Responsible,
    ),
    (
        &["accountable", "approbateur", "garant", "rechenschaftspflichtig", "aprobador"],
        Participation::Accountable,
    ),
    (
        &[
            "consulted",
            "consult",
            "consulte",
            "consultes",
            "konsultiert",
            "consultado",
            "consultato",
            "konsultowany",
        ],
        Participation::Consulted,
    ),
    (
        &[
            "informed",
            "inform",
            "informe",
            "informes",
            "informiert",
            "informado",
            "informato",
            "informowany",
            "poinformowany",
        ],
        Participation::Informed,
    ),
    (&["support", "supports", "supportive", "supporting", "soutien"], Participation::Support),
    (&["verify", "verifies", "verifier"], Participation::Verify),
    (&["sign off", "signoff", "signs off", "signatory"], Participation::SignOff),
    (&["omitted", "omit", "out of the loop"], Participation::Omitted),
    (&["driver", "drivers"], Participation::Driver),
    (&["approver", "approvers"], Participation::Approver),
    (&["contributor", "contributors"], Participation::Contributor),
];

/// Stems of the words that a legend explains a participation with, without accents.
const PARTICIPATIONS: &[(&str, Participation)] = &[
    ("responsib", Participation::Responsible),
    ("responsab", Participation::Responsible),
    ("verantwort", Participation::Responsible),
    ("durchfuhr", Participation::Responsible),
    ("realis", Participation::Responsible),
    ("odpowiedzial", Participation::Responsible),
    ("accountab", Participation::Accountable),
    ("approbat", Participation::Accountable),
    ("garant", Participation::Accountable),
    ("rechenschaft", Participation::Accountable),
    ("aprobador", Participation::Accountable),
    ("consult", Participation::Consulted),
    ("konsult", Participation::Consulted),
    ("inform", Participation::Informed),
    ("poinformowan", Participation::Informed),
    ("support", Participation::Support),
    ("soutien", Participation::Support),
    ("assist", Participation::Support),
    ("help", Participation::Support),
    ("wspar", Participation::Support),
    ("unterstutz", Participation::Support),
    ("apoyo", Participation::Support),
    ("soporte", Participation::Support),
    ("verif", Participation::Verify),
    ("sign off", Participation::SignOff),
    ("signs off", Participation::SignOff),
    ("signed off", Participation::SignOff),
    ("signatory", Participation::SignOff),
    ("signoff", Participation::SignOff),
    ("omit", Participation::Omitted),
    ("out of the loop", Participation::Omitted),
    ("driver", Participation::Driver),
    ("approver", Participation::Approver),
    ("contribut", Participation::Contributor),
];

/// Stems of words that say that a text is about who has which part.
const ABOUT_PARTS: &[&str] =
    &["responsib", "responsab", "verantwort", "odpowiedzial", "raci", "rasci", "daci"];

/// What an empty cell is written as.
const NOTHING: &[&str] = &["n a", "na", "nan", "none", "nil", "null", "not applicable", "nobody"];

/// Cells that tick a box.
const TICKS: &[&str] = &[
    "x", "xx", "✓", "✔", "✔️", "☑", "✅", "●", "•", "yes", "oui", "ja", "si", "y", "tak", "true",
    "×",
];

/// A text in lower case without accents, its words joined by one space and nothing else.
pub(in crate::import) fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut folded = String::new();
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if unicode_normalization::char::is_combining_mark(c) {
            continue;
        }
        if c.is_alphanumeric() {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// How surely a header names the activity column: 2, 1 or 0.
pub(super) fn names_activity(header: &str) -> u8 {
    let header = fold(header);
    if ACTIVITY.contains(&header.as_str()) {
        2
    } else {
        u8::from(ACTIVITY_MAYBE.contains(&header.as_str()))
    }
}

/// Whether a header names a column that groups rows.
pub(super) fn names_group(header: &str) -> bool {
    GROUP.contains(&fold(header).as_str())
}

/// Whether a header names a column that numbers rows.
pub(super) fn names_number(header: &str) -> bool {
    NUMBER.contains(&fold(header).as_str())
}

/// Whether a header names a column of remarks.
pub(super) fn names_remark(header: &str) -> bool {
    REMARK.contains(&fold(header).as_str())
}

/// Whether a header only says that what is below are remarks.
pub(super) fn names_note(header: &str) -> bool {
    let header = fold(header);
    let plain = ["remark", "remarque", "comm", "komm", "note", "nota", "bemerk", "anmerk", "uwagi"];
    plain.iter().any(|start| header.starts_with(start))
}

/// Whether a header says that the rows below it are parties.
pub(super) fn names_parties(header: &str) -> bool {
    PARTIES.contains(&fold(header).as_str())
}

/// The participation that a word of a cell or header stands for, in any scheme. Whole words only:
/// a party may well be called `Information Security` or `Help desk`.
pub(super) fn participation(word: &str) -> Option<Participation> {
    let word = fold(word);
    let known = WORDS.iter().find(|(words, _)| words.contains(&word.as_str()));
    known.map(|&(_, meant)| meant)
}

/// Whether a word of a text stands for this participation.
pub(super) fn says(text: &str, participation: Participation) -> bool {
    let folded = fold(text);
    let starts = std::iter::once(0).chain(folded.match_indices(' ').map(|(at, _)| at + 1));
    let mut words = starts.map(|at| &folded[at..]);
    words.any(|word| {
        PARTICIPATIONS.iter().any(|(stem, meant)| *meant == participation && word.starts_with(stem))
    })
}

/// Whether a word of a text stands for any participation.
pub(super) fn says_any(text: &str) -> bool {
    Participation::ALL.into_iter().any(|participation| says(text, participation))
}

/// Whether a text says that it is about who has which part.
pub(super) fn is_about_parts(text: &str) -> bool {
    let folded = fold(text);
    folded.split(' ').any(|word| ABOUT_PARTS.iter().any(|stem| word.starts_with(stem)))
}

/// Whether a cell says that there is nothing in it.
pub(super) fn is_nothing(cell: &str) -> bool {
    let folded = fold(cell);
    let bare = cell.chars().all(|c| c.is_whitespace() || "-–—−‐‑_./∅".contains(c));
    bare || NOTHING.contains(&folded.as_str())
}

/// Whether a cell ticks a box.
pub(super) fn is_tick(cell: &str) -> bool {
    TICKS.contains(&cell.trim().to_lowercase().as_str())
}
