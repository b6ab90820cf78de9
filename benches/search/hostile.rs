//! Texts that are meant to take long: whatever their length or script, the slowest of them is to take
//! less than two hundred times what people’s queries take in the middle.

use raci_bot::domain::Catalog;

/// Some of every kind.
pub(crate) fn texts(catalog: &Catalog) -> Vec<String> {
    let words = catalog.matrices().iter().flat_map(|matrix| &matrix.activities);
    let names: Vec<&str> = words.map(|row| row.name.as_str()).take(200).collect();
    let misspelt = |name: &&str| name.replace(['a', 'e'], "i");
    vec![
        "a".repeat(2_000),
        "a ".repeat(1_000),
        "backup ".repeat(300),
        "manage the service ".repeat(100),
        names.join(" "),
        names.iter().map(misspelt).collect::<Vec<_>>().join(" "),
        names.concat(),
        "qzxv wpfk ".repeat(200),
        "netwrkaccesibilty disasterecoveryplan ".repeat(50),
        "é\u{301}".repeat(1_000),
        "バックアップ 備份 резервная копия نسخة احتياطية ".repeat(40),
        "🙂🙃".repeat(900),
        "1.2.3.4 ".repeat(250),
        "the of and to in for ".repeat(90),
        "m ma man mana manag manage ".repeat(70),
    ]
}
