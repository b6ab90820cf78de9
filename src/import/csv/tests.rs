//! Every variation that matrices in delimited files were seen in, a row each.

use super::*;
use crate::domain::Scheme;
use crate::import::shown;

fn import(text: &[u8]) -> Imported {
    read(Path::new("sheet.csv"), text, Options::default())
}

/// What a file holds, the file, and what its rows are.
const CASES: &[(&str, &str, &[&str])] = &[
    (
        "commas",
        "Activity,P,Q\nax,R,A\n\"ay, then az\",\"R, A\",-\n",
        &["ax | P R, Q A", "ay, then az | P RA"],
    ),
    (
        "semicolons and a list with both",
        "Task;P;Q\na, b;\"R;A\";I\nc, d;A;R\n",
        &["a, b | P RA, Q I", "c, d | P A, Q R"],
    ),
    ("tabs", "Activity\tP\tQ\nax, ay\tR\tA\n", &["ax, ay | P R, Q A"]),
    ("bars", "Activity|P|Q\nax, ay|R|A\n", &["ax, ay | P R, Q A"]),
    ("a declared separator", "sep=;\r\nActivity;P;Q\r\ntest it;R;A\r\n", &["test it | P R, Q A"]),
    (
        "quotations, doubled and with line feeds",
        "Activity,P\n\"say \"\"hi\"\"\nthere\",RA\n",
        &["say \"hi\" there | P RA"],
    ),
    (
        "lines before the header",
        "RACI for Widgets,,\n,,\nUpdated 2024-10-02,,\nActivity,P,Q\nax,R,A\n",
        &["ax | P R, Q A"],
    ),
    (
        "legend rows above",
        "R,Responsible,\nA,Accountable,\nC,Consulted,\nActivity,P,Q\nax,R,A\n",
        &["ax | P R, Q A"],
    ),
    (
        "legend rows below",
        "Activity,P,Q\nax,R,A\nR,does it,\nA,answers,\nI,is told,\n",
        &["ax | P R, Q A"],
    ),
    (
        "a legend beside",
        "Activity,P,Q,,R,does it\nax,R,A,,A,answers\nay,A,R,,I,is told\n",
        &["ax | P R, Q A", "ay | P A, Q R"],
    ),
    (
        "a legend in a row",
        "R,does it,A,answers,I,is told\nActivity,P,Q,,,\nax,R,A,,,\n",
        &["ax | P R, Q A"],
    ),
    (
        "rows longer than their header",
        "Task,Responsible,Accountable\nax,Ops,CTO,,\"so\nit is\"\n",
        &["ax | Ops R, CTO A | so it is"],
    ),
    (
        "cells of characters that nobody sees",
        "Phase,Activity,P\nPlan,ax,RA\n\u{7f}\u{200b},ay,RA\n",
        &["Plan | ax | P RA", "Plan | ay | P RA"],
    ),
    (
        "phases that are named once",
        "Phase,Activity,P\n1. Plan,ax,RA\n,ay,RA\n2. Run,az,RA\n",
        &["1 Plan | ax | P RA", "1 Plan | ay | P RA", "2 Run | az | P RA"],
    ),
    (
        "groups of rows",
        "Activity,P,Q\nPlan,,\nax,R,A\nRun,,\nay,A,R\n",
        &["Plan | ax | P R, Q A", "Run | ay | P A, Q R"],
    ),
    (
        "blank lines between rows",
        "Activity,P,Q\n\nax,R,A\n\nRun,,\n\nay,A,R\nEnd,,\naz,I,RA\n",
        &["ax | P R, Q A", "Run | ay | P A, Q R", "End | az | P I, Q RA"],
    ),
    (
        "several tables, each below its title",
        "Plan,,\nActivity,P,Q\nax,R,A\n,,\nRun,,\nActivity,P,S\nay,A,R\n",
        &["Plan | ax | P R, Q A", "Run | ay | P A, S R"],
    ),
    (
        "tables below each other without a gap",
        "Plan,P,Q\nax,R,A\nRun,P,T\nay,A,R\n",
        &["ax | P R, Q A", "ay | P A, T R"],
    ),
    (
        "a header in two lines",
        ",Customer,,Provider,\nActivity,Ops,Dev,Ops,NOC\nax,R,A,C,I\n",
        &["ax | Customer Ops R, Dev A, Provider Ops C, NOC I"],
    ),
    (
        "what the sheet says of itself",
        "Project,Phoenix,\nLast updated,2024-10-02,\nActivity,P,Q\nax,R,A\n",
        &["ax | P R, Q A"],
    ),
    ("empty columns", ",,Activity,,P,Q,,\n,,ax,,R,A,,\n", &["ax | P R, Q A"]),
    (
        "remarks below the table",
        "Activity,P,Q\nax*,R,A\n* at night,,\nNote: reviewed yearly,,\n",
        &["ax | P R, Q A | at night"],
    ),
    (
        "the header again",
        "Activity,P,Q\nax,R,A\nActivity,P,Q\nay,A,R\n",
        &["ax | P R, Q A", "ay | P A, Q R"],
    ),
    (
        "initials that are letters",
        "Activity,CIO,CISO\nax,R,A\nEnd,,\nStep,CIO,CISO,PM\nay,A,R,I\n",
        &["ax | CIO R, CISO A", "End | ay | CIO A, CISO R, PM I"],
    ),
    (
        "people in the cells",
        "Task,Responsible,Accountable\nax,\"Ops, Dev\",CTO\n",
        &["ax | Ops R, Dev R, CTO A"],
    ),
    (
        "parties in the rows",
        "Team,ax,ay\nOps,R,A\nDev,A,R\n",
        &["ax | Ops R, Dev A", "ay | Ops A, Dev R"],
    ),
    (
        "a section as a path",
        "Section,Activity,P\n1 A › 1.1 B,ax,RA\n1 A › C,ay,RA\n",
        &["1 A › 1.1 B | ax | P RA", "1 A › C | ay | P RA"],
    ),
];

#[test]
fn every_variation_of_a_file_gives_its_rows() {
    for (what, file, rows) in CASES {
        let imported = import(file.as_bytes());
        assert_eq!(shown::rows(&imported), *rows, "{what}: {:#?}", imported.report);
        assert_eq!(shown::left(&imported), [""; 0], "{what}");
    }
}

#[test]
fn a_section_as_a_path_is_sections_and_an_apostrophe_keeps_formulas_from_running() {
    let imported = import("Section,Activity,P\nA › 1.1 B,'=1+1,RA\nA › C,'it',RA\n".as_bytes());
    let [matrix] = imported.matrices.as_slice() else { panic!("{imported:#?}") };
    let titles: Vec<&str> = matrix.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["A", "B", "C"]);
    assert_eq!(matrix.sections[2].parent, Some(0));
    assert_eq!(shown::rows(&imported), ["A › 1.1 B | =1+1 | P RA", "A › C | 'it' | P RA"]);
}

#[test]
fn every_encoding_is_found_out() {
    let file = "Activité;Client;Équipe\nSauver – vite;I;RA\n";
    let utf_16 = |unit: fn(u16) -> [u8; 2]| {
        "\u{feff}".chars().chain(file.chars()).flat_map(|c| unit(c as u16)).collect()
    };
    let western = file.chars().map(|c| if c == '–' { 0x96 } else { c as u8 }).collect();
    let files: [Vec<u8>; 5] = [
        file.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", file.as_bytes()].concat(),
        utf_16(u16::to_le_bytes),
        utf_16(u16::to_be_bytes),
        western,
    ];
    for bytes in files {
        let rows = shown::rows(&import(&bytes));
        assert_eq!(rows, ["Sauver – vite | Client I, Équipe RA"], "{bytes:?}");
    }
}

#[test]
fn title_date_and_scheme_are_read_above_the_table() {
    let file =
        "RASCI matrix for Widgets;;\nLast updated;2 October 2024;\n;;\nActivity;P;Q\nax;S;RA\n";
    let imported = import(file.as_bytes());
    let [matrix] = imported.matrices.as_slice() else { panic!("{imported:#?}") };
    assert_eq!((matrix.service.name.as_str(), matrix.service.id.as_str()), ("Widgets", "sheet"));
    assert_eq!(matrix.source.date.map(|date| date.to_string()).as_deref(), Some("2024-10-02"));
    assert_eq!(matrix.scheme, Scheme::Rasci);
    assert!(imported.report.lines(Path::new("a")).any(|line| line.contains("says `RASCI`")));
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    for (file, left) in [
        ("Activity,P\nax,R\n\"ay,A\naz,A\n", "3: a quotation mark that is never closed"),
        ("Activity,P\nax,R\n,A\n", "3: the row names no activity"),
        ("Activity,P\nax,R\nay,Q\n", "3: `ay`: `Q` in the column `P` is no letter of raci"),
        ("Name,Phone\nJane,12\n", "0: no responsibility matrix in it"),
        ("just words\n", "0: no responsibility matrix in it"),
        ("", "0: no responsibility matrix in it"),
        ("PK\x03\x04", "0: the file is a ZIP archive, as XLSX, ODS and DOCX are, not text"),
    ] {
        let imported = import(file.as_bytes());
        assert_eq!(shown::left(&imported), [left], "{file}: {:#?}", imported.report);
    }
}

#[test]
fn an_open_quotation_loses_no_row() {
    let imported = import(b"Activity,P\nax,RA\n\"ay,RA\naz,RA\n");
    assert_eq!(shown::rows(&imported), ["ax | P RA", "\"ay | P RA", "az | P RA"]);
}

#[test]
fn a_file_too_large_is_cut_and_that_is_said() {
    let rows = format!("Activity,P\n{}", "ax,RA\n".repeat(MAX_ROWS + 10));
    let left = shown::left(&import(rows.as_bytes()));
    assert_eq!(
        left,
        [format!("{}: the file is too large, and not read from here on", MAX_ROWS + 1)]
    );
    let wide = format!("Activity{}\nax{}\n", ",P".repeat(5_000), ",R".repeat(5_000));
    assert!(!shown::left(&import(wide.as_bytes())).is_empty());
}
