//! Every variation that matrices in pages were seen in, a row each.

use super::*;
use crate::domain::Scheme;
use crate::import::shown;

/// What a page holds, below what its rows are.
struct Case {
    what: &'static str,
    page: &'static str,
    rows: &'static [&'static str],
}

/// A page without more around its table than it says.
const fn case(what: &'static str, page: &'static str, rows: &'static [&'static str]) -> Case {
    Case { what, page, rows }
}

const HEADINGS: &[Case] = &[
    case(
        "headings without numbers nest by level",
        "# T\n## A\n### B\n|Activity|P|Q|\n|-|-|-|\n|ax|R|A|\n## C\n|Activity|P|Q|\n|-|-|-|\n|ay|A|R|",
        &["A › B | ax | P R, Q A", "C | ay | P A, Q R"],
    ),
    case(
        "numbers win over levels, bold is left out",
        "## **1. A**\n#### 1.1. **B**\n|Activity|P|\n|-|-|\n|ax|RA|\n##### 2 C\n|Activity|P|\n|-|-|\n|ay|RA|",
        &["1 A › 1.1 B | ax | P RA", "2 C | ay | P RA"],
    ),
    case(
        "a number that is repeated, and one that is skipped",
        "## 1. A\n### 1.2 B\n|Activity|P|\n|-|-|\n|ax|RA|\n### 1.2 C\n|Activity|P|\n|-|-|\n|ay|RA|\n## 4. D\n|Activity|P|\n|-|-|\n|az|RA|",
        &["1 A › 1.2 B | ax | P RA", "1 A › 1.2 C | ay | P RA", "4 D | az | P RA"],
    ),
    case(
        "headings without words",
        "## A\n#\n|Activity|P|\n|-|-|\n|ax|RA|\n### :\n|Activity|P|\n|-|-|\n|ay|RA|",
        &["A | ax | P RA", "A › : | ay | P RA"],
    ),
    case(
        "a heading below a line, closed with signs, with attributes",
        "A\n===\n|Activity|P|\n|-|-|\n|ax|RA|\n\n## B {#b} ##\n\n|Activity|P|\n|-|-|\n|ay|RA|",
        &["A | ax | P RA", "A › B | ay | P RA"],
    ),
];

const TABLES: &[Case] = &[
    case(
        "a table glued to a paragraph",
        "Who does what:\n|Activity|P|\n|-|-|\n|ax|RA|\nThat was it.",
        &["ax | P RA"],
    ),
    case(
        "a blank line that orphans the last rows",
        "|Activity|P|Q|\n|-|-|-|\n|ax|R|A|\n\n|ay|A|R|\n|az||RA|",
        &["ax | P R, Q A", "ay | P A, Q R", "az | Q RA"],
    ),
    case(
        "a table without the line below its header",
        "|Activity|P|Q|\n|ax|R|A|\n|ay|A|R|",
        &["ax | P R, Q A", "ay | P A, Q R"],
    ),
    case(
        "a table without outer bars",
        "Activity | P | Q\n---|---|---\nax | R | A",
        &["ax | P R, Q A"],
    ),
    case(
        "a header without rows",
        "|Activity|P|\n|-|-|\n\n|Activity|Q|\n|-|-|\n|ax|RA|",
        &["ax | Q RA"],
    ),
    case(
        "rows with fewer cells and with more",
        "|Activity|P|Q|\n|-|-|-|\n|ax|RA|\n|ay|R|A|see wiki|",
        &["ax | P RA", "ay | P R, Q A | see wiki"],
    ),
    case(
        "tabs, CRLF, spaces that do not break, no line feed at the end",
        "|Activity|P|Q|\t\r\n|-|-|-|\t\r\n|ax\u{a0}ay|\u{a0}R\u{a0}|A\u{a0}|\t\r\n|az|A|R|",
        &["ax ay | P R, Q A", "az | P A, Q R"],
    ),
    case(
        "a table in a list, in a quotation and in folded HTML",
        "- see\n\n  |Activity|P|\n  |-|-|\n  |ax|RA|\n\n> |Activity|P|\n> |-|-|\n> |ay|RA|\n\n<details>\n<summary>More</summary>\n\n|Activity|P|\n|-|-|\n|az|RA|\n\n</details>",
        &["ax | P RA", "ay | P RA", "az | P RA"],
    ),
    case(
        "parties that change from table to table",
        "|Activity|P|Q|\n|-|-|-|\n|ax|R|A|\n\nNext.\n\n|Activity|Q|S|P|\n|-|-|-|-|\n|ay|R|A|I|",
        &["ax | P R, Q A", "ay | P I, Q R, S A"],
    ),
    case(
        "tables that are no matrix",
        "|Plan|Euro|\n|-|-|\n|small|3|\n\n|Activity|P|\n|-|-|\n|ax|RA|\n\n|Step|Action|Result|\n|-|-|-|\n|1|press||\n\n|Version|Date|Author|\n|-|-|-|\n|1.0|today|me|",
        &["ax | P RA"],
    ),
];

const COLUMNS: &[Case] = &[
    case(
        "numbers before the activity",
        "|#|Activity|P|\n|-|-|-|\n|1|ax|RA|\n|2|ay|RA|",
        &["ax | P RA", "ay | P RA"],
    ),
    case(
        "ticks for what a row applies to",
        "|Cloud|On site|Activity|P|\n|-|-|-|-|\n|X||ax|RA|\n|X|X|ay|RA|",
        &["ax | P RA | Applies to Cloud", "ay | P RA | Applies to Cloud, On site"],
    ),
    case(
        "a remark behind the parties, and a service level",
        "|Activity|P|Q|SLA|Remarks|\n|-|-|-|-|-|\n|ax|R|A|4 h|ask first|\n|ay|A|R|||",
        &["ax | P R, Q A | SLA: 4 h; ask first", "ay | P A, Q R"],
    ),
    case(
        "phases that are named once",
        "|Phase|Activity|P|\n|-|-|-|\n|Plan|ax|RA|\n||ay|RA|\n|Run|az|RA|",
        &["Plan | ax | P RA", "Plan | ay | P RA", "Run | az | P RA"],
    ),
    case(
        "groups of rows in bold",
        "|Activity|P|Q|\n|-|-|-|\n|ax|R|A|\n|**Run**|||\n|ay|A|R|",
        &["ax | P R, Q A", "Run | ay | P A, Q R"],
    ),
    case(
        "groups of rows with one cell, one in the other",
        "|Activity|P|Q|\n|-|-|-|\n|Plan|||\n|First|||\n|ax|R|A|\n|Second|||\n|ay|A|R|\n|Run|||\n|Third|||\n|az|I|RA|",
        &[
            "Plan › First | ax | P R, Q A",
            "Plan › Second | ay | P A, Q R",
            "Run › Third | az | P I, Q RA",
        ],
    ),
    case(
        "several groups with one cell, the first of them not first",
        "|Activity|P|Q|\n|-|-|-|\n|aw|R|A|\n|Plan|||\n|ax|R|A|\n|Run|||\n|ay|A|R|",
        &["aw | P R, Q A", "Plan | ax | P R, Q A", "Run | ay | P A, Q R"],
    ),
    case(
        "a group that is left and entered again",
        "|Activity|P|Q|\n|-|-|-|\n|Plan|||\n|ax|R|A|\n|Run|||\n|ay|A|R|\n|Plan|||\n|az|I|RA|",
        &["Plan | ax | P R, Q A", "Plan | az | P I, Q RA", "Run | ay | P A, Q R"],
    ),
    case(
        "rows without letters are rows",
        "|Activity|P|Q|\n|-|-|-|\n|ax|R|A|\n|ay|||\n|az|A|R|\n|last|||",
        &["ax | P R, Q A", "ay | ", "az | P A, Q R", "last | "],
    ),
    case(
        "an activity column of another name, and one that is not first",
        "|Owner|Decision|P|Q|\n|-|-|-|-|\n|me|ax|R|A|\n|me|ay|A|R|",
        &["me | ax | P R, Q A", "me | ay | P A, Q R"],
    ),
    case(
        "a header in two lines",
        "||Customer|||\n|-|-|-|-|\n|Activity|Ops|Dev|NOC|\n|ax|R|A|I|",
        &["ax | Ops R, Dev A, NOC I"],
    ),
    case(
        "ten parties",
        "|Activity|A1|B1|C1|D1|E1|F1|G1|H1|I1|J1|\n|-|-|-|-|-|-|-|-|-|-|-|\n|ax|R|A|C|I|C|I|C|I|C|I|",
        &["ax | A1 R, B1 A, C1 C, D1 I, E1 C, F1 I, G1 C, H1 I, I1 C, J1 I"],
    ),
];

const CELLS: &[Case] = &[
    case(
        "letters however they are joined",
        "|Activity|P|Q|\n|-|-|-|\n|a|R, A|**R·A**|\n|b|A & R|a/r|\n|c|Responsible|Informed|\n|d|RA|R<br>A|",
        &["a | P RA, Q RA", "b | P RA, Q RA", "c | P R, Q I", "d | P RA, Q RA"],
    ),
    case(
        "nothing, however it is written",
        "|Activity|P|Q|S|\n|-|-|-|-|\n|a|RA|-|—|\n|b|RA|N/A|NaN|\n|c|RA|&nbsp;||",
        &["a | P RA", "b | P RA", "c | P RA"],
    ),
    case(
        "remarks in brackets",
        "|Activity|P|Q|\n|-|-|-|\n|ax|C (Legal)|R (enforces policy)|",
        &["ax | P C, Q R | P: C (Legal); Q: R (enforces policy)"],
    ),
    case(
        "footnotes of every kind",
        "|Activity|P|Q|\n|-|-|-|\n|a|R*|A|\n|b[^1]|A|R|\n|c<sup>2</sup>|R|A|\n|d **|R|A|\n\n\\* at night\n\n\\** by day\n\n(2) on call\n\n[^1]: on demand",
        &[
            "a | P R, Q A | at night",
            "b | P A, Q R | on demand",
            "c | P R, Q A | on call",
            "d | P R, Q A | by day",
        ],
    ),
    case(
        "footnotes in one paragraph",
        "|Activity|P|Q|\n|-|-|-|\n|a|R*|A\u{b9}|\n|b|R(2)|A|\n\n*: at night\nand by day\n\u{b9} on call\n(2) on demand",
        &["a | P R, Q A | at night and by day; on call", "b | P R, Q A | on demand"],
    ),
    case(
        "letters of another keyboard",
        "|Activity|P|Q|\n|-|-|-|\n|ax|А|С, І|",
        &["ax | P A, Q CI"],
    ),
    case(
        "names with links, code, breaks, attributes and entities",
        "|Activity|P|\n|-|-|\n|Read the [guide](https://e.org/a_(b)){.external} &amp; `run`<br>twice|RA|\n|pipe \\| it|RA|",
        &["Read the guide & run twice | P RA", "pipe | it | P RA"],
    ),
];

const TRANSPOSED: &[Case] = &[
    case(
        "people in the cells",
        "|Task|Responsible|Accountable|Consulted|Informed|\n|-|-|-|-|-|\n|ax|Ops, Dev|CTO|Legal and HR|-|\n|ay|Ops + Dev|Ops|N/A|Team (all, daily)|",
        &["ax | Ops R, Dev R, CTO A, Legal C, HR C", "ay | Ops RA, Dev R, Team (all, daily) I"],
    ),
    case(
        "single letters and unknown words above the people",
        "|Task|R|A|C|\n|-|-|-|-|\n|ax|Ops|Dev|-|\n\n|Задача|Исполнитель (R)|Хозяин (A)|\n|-|-|-|\n|ay|Ops|Dev|",
        &["ax | Ops R, Dev A", "ay | Ops R, Dev A"],
    ),
    case(
        "parties in the rows, and a last row that is none",
        "|Team|ax|ay|\n|-|-|-|\n|Ops|Responsible|A|\n|Dev|A|R|\n|See also|[one](a)|[two](b)|",
        &["ax | Ops R, Dev A", "ay | Ops A, Dev R"],
    ),
];

#[test]
fn every_variation_of_a_page_gives_its_rows() {
    for cases in [HEADINGS, TABLES, COLUMNS, CELLS, TRANSPOSED] {
        for Case { what, page, rows } in cases {
            let imported = read(Path::new("page.md"), page.as_bytes(), Options::default());
            assert_eq!(shown::rows(&imported), *rows, "{what}: {:#?}", imported.report);
            assert_eq!(shown::left(&imported), [""; 0], "{what}");
        }
    }
}

/// Legends in the forms and languages that they were seen in, and the scheme that each declares.
const LEGENDS: &[(&str, Scheme)] = &[
    ("|R|does it|\n|-|-|\n|A|answers|\n|C|is asked|\n|I|is told|", Scheme::Raci),
    ("|RACI|\n|-|\n|R: does it|\n|A : answers|\n|C: is asked|", Scheme::Raci),
    (
        "|Letter|Word|Meaning|\n|-|-|-|\n|**R**|Responsible|does|\n|**A**|Accountable|owns|\n|C|Consulted|says|\n|-|None|no part|",
        Scheme::Raci,
    ),
    (
        "- **R**esponsible: does it\n- **A**ccountable: answers\n- **C**onsulted: is asked",
        Scheme::Raci,
    ),
    ("R = Responsable, A = Approbateur, C = Consulté, I = Informé", Scheme::Raci),
    ("R : Verantwortlich | A : Rechenschaftspflichtig | C : Konsultiert", Scheme::Raci),
    ("```\nR = Responsible\nA = Accountable\nC = Consulted\n```", Scheme::Raci),
    (
        "|R = Responsible|A = Accountable|C = Consulted|\n|-|-|-|\n|does it|answers|is asked|",
        Scheme::Raci,
    ),
    ("R: Responsible, A: Accountable, S: Support, C: Consulted, I: Informed", Scheme::Rasci),
    (
        "R: Responsible, A: Accountable, C: Consulted, I: Informed, V: Verifies, S: Signs off",
        Scheme::RaciVs,
    ),
    ("C: Consulted, A: Accountable, I: Informed, R: Responsible, O: Omitted", Scheme::Cairo),
    ("D = Driver, A = Approver, C = Contributor, I = Informed", Scheme::Daci),
    ("# Our RASCI chart", Scheme::Rasci),
    ("This DACI says who decides.", Scheme::Daci),
];

#[test]
fn every_form_of_legend_is_understood_and_declares_its_scheme() {
    for (legend, scheme) in LEGENDS {
        let page = format!("{legend}\n\n|Activity|P|Q|\n|-|-|-|\n|ax|A|I|\n");
        let imported = read(Path::new("page.md"), page.as_bytes(), Options::default());
        let [matrix] = imported.matrices.as_slice() else { panic!("{legend}: {imported:#?}") };
        assert_eq!(matrix.scheme, *scheme, "{legend}");
        assert_eq!(shown::rows(&imported).len(), 1, "{legend}");
        let says_so =
            |text: &str| text.contains(&format!("{} ", scheme.id())) || text.ends_with(scheme.id());
        let is_said = imported
            .report
            .entries
            .iter()
            .any(|entry| says_so(&entry.text) || entry.text.contains(scheme.id()));
        assert!(is_said || *scheme == Scheme::Raci, "{legend}: {:#?}", imported.report);
    }
}

#[test]
fn a_scheme_is_never_guessed() {
    let page = "|Activity|P|Q|\n|-|-|-|\n|ax|S|RA|\n|ay|I|RA|\n";
    let imported = read(Path::new("page.md"), page.as_bytes(), Options::default());
    assert_eq!(shown::rows(&imported), ["ay | P I, Q RA"]);
    assert_eq!(shown::left(&imported), ["3: `ax`: `S` in the column `P` is no letter of raci"]);
    let options = Options { scheme: Some(Scheme::RaciVs), ..Options::default() };
    let imported = read(Path::new("page.md"), page.as_bytes(), options);
    assert_eq!(shown::rows(&imported), ["ax | P S, Q RA", "ay | P I, Q RA"]);
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    for (page, left) in [
        ("# T\n\nwords\n", "0: no responsibility matrix in it"),
        ("", "0: no responsibility matrix in it"),
        (
            "|Activity|P|Q|\n|-|-|-|\n|ax|R|of it|\n|ay|A|R|\n|last|||\n",
            "3: `ax`: `of` in the column `Q` is no letter of raci",
        ),
        ("|Task|R|A|\n|-|-|-|\n|ax|||\n", "3: no row says who has a part in it"),
        (
            "|Activity|P|\n|-|-|\n|ax|✓|\n|ay|RA|\n",
            "3: `ax`: `✓` in the column `P` is no letter of raci",
        ),
        ("|Activity|P|\n|-|-|\n|ax|RA|\n||R|\n", "4: the row names no activity"),
        (
            "<table><tr><td>ax</td><td>R</td></tr></table>\n",
            "1: a table written in HTML is not read",
        ),
        (
            "|ax|R|A|\n|-|-|-|\n|ay|A|R|\n",
            "1: letters in line 1, but no header that names parties above them",
        ),
    ] {
        let imported = read(Path::new("page.md"), page.as_bytes(), Options::default());
        assert!(
            shown::left(&imported).contains(&left.to_owned()),
            "{page}: {:#?}",
            imported.report
        );
    }
}

#[test]
fn a_line_that_lost_its_table_neither_vanishes_nor_loops() {
    for page in [
        "||\n|",
        "|\n|",
        "|a|b\n|c",
        "|||\n||",
        "|Activity|P|\n|-|-|\n|ax|RA|\n\n|ay|RA|\n    - | az |",
    ] {
        let imported = read(Path::new("page.md"), page.as_bytes(), Options::default());
        assert!(!imported.report.entries.is_empty(), "{page}");
    }
}

#[test]
fn the_day_of_the_last_change_is_found_wherever_it_stands() {
    let table = "|Activity|P|\n|-|-|\n|ax|RA|\n";
    for (page, day) in [
        ("---\nupdated: 2024-6-25\n---\n", Some("2024-06-25")),
        ("---\ntitle: ax\nlastmod: 2024-06-25T10:00:00Z\n---\n", Some("2024-06-25")),
        ("+++\ndate = 2024-06-25\n+++\n", Some("2024-06-25")),
        ("**Last updated December 1st, 2021**\n\n", Some("2021-12-01")),
        ("Dernière mise à jour le 22/12/2022\n\n", Some("2022-12-22")),
        ("---\nupdated: 2022-07-13\n---\nLast updated 13th July 2023\n\n", Some("2023-07-13")),
        ("Founded in 1999 on 1999-01-01.\n\n", None),
    ] {
        let page = format!("{page}{table}");
        let imported = read(Path::new("page.md"), page.as_bytes(), Options::default());
        let [matrix] = imported.matrices.as_slice() else { panic!("{page}") };
        let found = matrix.source.date.map(|date| date.to_string());
        assert_eq!(found.as_deref(), day, "{page}");
    }
}

#[test]
fn a_page_is_confidential_unless_it_says_no() {
    let table = "# Vault\n|Activity|P|\n|-|-|\n|ax|RA|\n";
    for (front, expected) in [
        ("---\nconfidential: true\n---\n", true),
        ("---\nConfidential: \"yes\"\n---\n", true),
        ("+++\nconfidential = true\n+++\n", true),
        ("{\"confidential\": true}\n", true),
        ("Title: x\nConfidential: very\n\n", true),
        ("---\nconfidential: false\n---\n", false),
        ("{\"confidential\": false}\n", false),
        ("---\nconfidential: No\n---\n", false),
        ("", false),
    ] {
        let loaded = load(Path::new("vault.md"), format!("{front}{table}").as_bytes());
        let told: Vec<bool> = loaded.matrices.iter().map(|m| m.service.confidential).collect();
        assert_eq!(told, [expected], "{front}");
    }
}

#[test]
fn a_name_longer_than_a_matrix_file_holds_is_cut_and_numbered_where_it_is_not_the_only_one() {
    let name = "P".repeat(300);
    let page = format!("|Activity|{name}|{name}|\n|-|-|-|\n|ax|RA|I|\n");
    let imported = read(Path::new("page.md"), page.as_bytes(), Options::default());
    let parties = imported.matrices[0].parties.iter();
    let lengths: Vec<usize> = parties.map(|party| party.name.chars().count()).collect();
    assert_eq!(lengths, [200, 194]);
    assert!(imported.matrices[0].parties[1].name.ends_with("P… (2)"));
}
