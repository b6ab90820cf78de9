//! Workbooks: what a sheet says inside an archive that is whole, and archives as they come.

#![no_main]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((kind, inside)) = bytes.split_first() else { return };
    let inside = String::from_utf8_lossy(inside);
    match kind % 4 {
        0 => properties::import("xlsx", bytes),
        1 => properties::import("ods", &ods(&inside)),
        2 => properties::import("xlsx", &xlsx(&inside, "")),
        _ => {
            let (sheet, strings) = inside.split_once('\0').unwrap_or((&inside, ""));
            properties::import("xlsx", &xlsx(sheet, strings));
        }
    }
});

fn xlsx(sheet: &str, strings: &str) -> Vec<u8> {
    let main = format!(r#"<r><r Id="m" Type="{KIND}/officeDocument" Target="xl/workbook.xml"/></r>"#);
    let parts = format!(
        r#"<r><r Id="a" Type="{KIND}/worksheet" Target="a.xml"/><r Id="s" Type="{KIND}/sharedStrings" Target="s.xml"/></r>"#
    );
    pack(&[
        ("_rels/.rels", &main),
        ("xl/workbook.xml", r#"<w><sheet name="A" r:id="a"/></w>"#),
        ("xl/_rels/workbook.xml.rels", &parts),
        ("xl/a.xml", sheet),
        ("xl/s.xml", strings),
    ])
}

fn ods(content: &str) -> Vec<u8> {
    pack(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
    ])
}

fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in parts {
        archive.start_file(*name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("its text");
    }
    archive.finish().expect("an archive").into_inner()
}
