//! Workbooks as they come from spreadsheets, made by hand; merged cells, sheets, and what is none.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::import::shown;

fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(*name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("its text");
    }
    archive.finish().expect("an archive").into_inner()
}

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of sheets, each a name, an attribute and what is inside `worksheet`.
fn xlsx(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let (mut entries, mut relations) = (String::new(), String::new());
    let mut parts = Vec::new();
    for (index, (name, state, inside)) in sheets.iter().enumerate() {
        let _ = write!(entries, r#"<sheet name="{name}" {state} r:id="r{index}"/>"#);
        let _ = write!(
            relations,
            r#"<Relationship Id="r{index}" Type="{RELATION}/worksheet" Target="/xl/s{index}.xml"/>"#
        );
        parts.push((format!("xl/s{index}.xml"), format!("<worksheet>{inside}</worksheet>")));
    }
    let _ = write!(
        relations,
        r#"<Relationship Id="s" Type="{RELATION}/sharedStrings" Target="strings.xml"/><Relationship Id="t" Type="{RELATION}/styles" Target="styles.xml"/>"#
    );
    let main = format!(
        r#"<Relationships><Relationship Id="m" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let relations = format!("<Relationships>{relations}</Relationships>");
    let workbook = format!(
        r#"<x:workbook xmlns:x="x" xmlns:r="r"><x:sheets>{entries}</x:sheets></x:workbook>"#
    );
    let mut all = vec![
        ("_rels/.rels", main.as_str()),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations),
        (
            "xl/strings.xml",
            "<sst uniqueCount=\"400000000000\"><si><t>Activity</t></si><si><r><t>Run </t></r><r><t>things &amp; more</t></r><rPh><t>no</t></rPh></si></sst>",
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><fonts><font/><font><b/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/><xf numFmtId="170" fontId="0"/></cellXfs></styleSheet>"#,
        ),
        (
            "docProps/core.xml",
            "<p><dc:title>RACI for Widgets</dc:title><dcterms:modified>2023-02-01T00:00:00Z</dcterms:modified></p>",
        ),
    ];
    all.extend(parts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    pack(&all)
}

/// Rows of cells as text in the cell itself; an empty one is left out.
fn rows(rows: &[&[&str]]) -> String {
    let mut text = String::from("<sheetData>");
    for (number, row) in (1..).zip(rows) {
        let _ = write!(text, r#"<row r="{number}">"#);
        for (letter, cell) in ('A'..).zip(row.iter()).filter(|(_, cell)| !cell.is_empty()) {
            let _ =
                write!(text, r#"<c r="{letter}{number}" t="inlineStr"><is><t>{cell}</t></is></c>"#);
        }
        text.push_str("</row>");
    }
    text + "</sheetData>"
}

fn import(bytes: &[u8]) -> Imported {
    read(Path::new("book.xlsx"), bytes, Options::default())
}

#[test]
fn shared_texts_styles_and_days_are_read() {
    let sheet = r#"<sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>Last updated</t></is></c><c r="B1" s="2"><v>45567</v></c></row>
        <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="str"><f>X</f><v>P</v></c><c t="inlineStr"><is><t>Q</t></is></c></row>
        <row r="4"><c r="A4" t="s" s="1"><v>1</v></c></row>
        <row r="5"><c r="A5" t="inlineStr"><is><t>ax</t></is></c><c r="B5" t="str"><v>R</v></c><c r="C5" t="str"><v>A</v></c></row>
    </sheetData>"#;
    let imported = import(&xlsx(&[("Sheet1", "", sheet)]));
    assert_eq!(shown::rows(&imported), ["Run things & more | ax | P R, Q A"], "{imported:#?}");
    let matrix = &imported.matrices[0];
    assert_eq!((matrix.service.id.as_str(), matrix.service.name.as_str()), ("book", "Widgets"));
    assert_eq!(matrix.source.date.map(|date| date.to_string()).as_deref(), Some("2024-10-02"));
}

#[test]
fn merged_cells_mean_what_they_lie_over() {
    let table = rows(&[
        &["Phase", "Activity", "Customer", "", "Provider", ""],
        &["", "", "Ops", "Dev", "Ops", "Dev"],
        &["Plan", "ax", "RA", "", "I", ""],
        &["", "ay", "A", "R", "", "C"],
        &["All of the rest"],
        &["Run", "az", "I", "", "RA", ""],
    ]);
    let merged = ["A1:A2", "B1:B2", "C1:D1", "E1:F1", "A3:A4", "C3:D3", "E3:E4", "A5:F5"]
        .map(|range| format!(r#"<mergeCell ref="{range}"/>"#))
        .concat();
    let imported =
        import(&xlsx(&[("RACI", "", &format!("{table}<mergeCells>{merged}</mergeCells>"))]));
    assert_eq!(
        shown::rows(&imported),
        [
            "Plan | ax | Customer Ops RA, Customer Dev RA, Provider Ops I",
            "Plan | ay | Customer Ops A, Customer Dev R, Provider Ops I, Provider Dev C",
            "All of the rest › Run | az | Customer Ops I, Provider Ops RA",
        ],
        "{:#?}",
        imported.report
    );
}

#[test]
fn each_sheet_is_a_matrix_or_the_one_that_is_chosen() {
    let table = |name: &str| rows(&[&["Activity", "P", "Q"], &[name, "R", "A"]]);
    let book = xlsx(&[
        ("Plan", "", &table("ax")),
        ("Cover", "", &rows(&[&["words"]])),
        ("Run it", "", &table("ay")),
        ("Old", r#"state="hidden""#, &table("az")),
    ]);
    let imported = import(&book);
    let names: Vec<(&str, &str)> = imported
        .matrices
        .iter()
        .map(|matrix| (matrix.service.id.as_str(), matrix.service.name.as_str()))
        .collect();
    assert_eq!(names, [("book-plan", "Widgets – Plan"), ("book-run-it", "Widgets – Run it")]);
    let lines: Vec<String> = imported.report.lines(Path::new("book.xlsx")).collect();
    assert_eq!(
        lines,
        [
            "book.xlsx:Old: note: the sheet is hidden, and not read; `--sheet` reads it",
            "book.xlsx:Plan:1: table `Activity | P | Q`: 1 row imported, line 2",
            "book.xlsx:Cover: note: no responsibility matrix in it",
            "book.xlsx:Run it:1: table `Activity | P | Q`: 1 row imported, line 2",
        ]
    );
    for (sheet, name) in [("run IT", "ay"), ("1", "ax"), ("old", "az")] {
        let options = Options { sheet: Some(sheet), ..Options::default() };
        let imported = read(Path::new("book.xlsx"), &book, options);
        assert_eq!(shown::rows(&imported), [format!("{name} | P R, Q A")]);
    }
    let options = Options { sheet: Some("none"), ..Options::default() };
    let imported = read(Path::new("book.xlsx"), &book, options);
    assert_eq!(shown::left(&imported), ["0: no sheet is called `none`"]);
}

#[test]
fn sheets_of_open_document_are_read() {
    let content = r#"<office:document-content>
        <style:style style:name="b"><style:text-properties fo:font-weight="bold"/></style:style>
        <style:style style:name="h"><style:table-properties table:display="false"/></style:style>
        <table:table table:name="M">
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell/><table:table-cell><text:p>Phase</text:p></table:table-cell><table:table-cell><text:p>Activity</text:p></table:table-cell><table:table-cell><text:p>P</text:p></table:table-cell><table:table-cell><text:p>Q</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell/><table:table-cell table:number-rows-spanned="2"><text:p>Plan<text:s text:c="999999999"/></text:p></table:table-cell><table:table-cell><office:annotation><text:p>no</text:p></office:annotation><text:p>ax <text:span>and</text:span></text:p><text:p>more</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>RA</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell/><table:covered-table-cell/><table:table-cell><text:p>ay</text:p></table:table-cell><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>R</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        </table:table>
        <table:table table:name="Old" table:style-name="h"><table:table-row><table:table-cell><text:p>R</text:p></table:table-cell></table:table-row></table:table>
        </office:document-content>"#;
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let imported = import(&pack(&[("mimetype", kind), ("content.xml", content)]));
    assert_eq!(
        shown::rows(&imported),
        ["Plan | ax and more | P RA, Q RA", "Plan | ay | P A, Q R"],
        "{:#?}",
        imported.report
    );
}

#[test]
fn what_is_no_workbook_is_said_in_a_line() {
    let relation = |target: &str| {
        format!(r#"<r><r Id="m" Type="{RELATION}/officeDocument" Target="{target}"/></r>"#)
    };
    let word = relation("word/document.xml");
    let gone = relation("xl/workbook.xml");
    let kind = "application/vnd.oasis.opendocument.text";
    let whole = xlsx(&[("A", "", &rows(&[&["Activity", "P"], &["ax", "RA"]]))]);
    let zeros = "0".repeat(70 << 20);
    let bomb = pack(&[("_rels/.rels", &gone), ("xl/workbook.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    for (bytes, reason) in [
        (b"".to_vec(), "no ZIP archive"),
        (b"Activity,P\nx,RA\n".to_vec(), "no ZIP archive"),
        (b"\xd0\xcf\x11\xe0".to_vec(), "an old Office, or one with a password"),
        (b"PK\x03\x04".to_vec(), "damaged"),
        (whole[..whole.len() / 2].to_vec(), "damaged"),
        (pack(&[("_rels/.rels", &word)]), "a word processor"),
        (pack(&[("_rels/.rels", &gone)]), "no workbook"),
        (pack(&[("mimetype", kind), ("content.xml", "")]), "no workbook but `text`"),
        (
            pack(&[
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", "<table:table table:name=\"a\">"),
            ]),
            "no responsibility matrix",
        ),
        (xlsx(&[]), "no responsibility matrix"),
        (xlsx(&[("A", r#"state="hidden""#, "<sheetData/>")]), "no responsibility matrix"),
        (pack(&[("a.txt", "")]), "a ZIP archive, not a workbook"),
        (xlsx(&[("A", "", "<sheetData><row></c></row>")]), "damaged"),
        (bomb, "unpacks to more than 64 MiB"),
        (vec![b'P'; MAX_FILE + 1], "larger than 16 MiB"),
    ] {
        let imported = import(&bytes);
        assert!(imported.matrices.is_empty());
        let left = shown::left(&imported);
        assert!(left.iter().any(|line| line.contains(reason)), "{reason}: {left:?}");
    }
}
