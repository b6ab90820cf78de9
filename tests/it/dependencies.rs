//! What is depended upon: where it comes from, under which licence, and how often. The same rules
//! as `deny.toml`, kept with nothing but cargo.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

const LICENCES: &[&str] = &[
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

/// Crates, and the version from which on they are welcome, if there is one.
const BANNED: &[(&str, Option<[u64; 3]>)] = &[
    ("native-tls", None),
    ("openssl", None),
    ("openssl-sys", None),
    ("rustls-webpki", Some([0, 103, 13])),
    ("serde_yaml", None),
    ("serde_yml", None),
];

/// Crates that are in the lock twice until others move on: `deny.toml` says because of whom. Where the
/// bot runs `getrandom` and `windows-sys` are not.
const TWICE: &[&str] = &["base64", "getrandom", "syn", "windows-sys"];

#[test]
fn everything_comes_from_the_public_registry_and_nothing_is_banned() {
    let lock = include_str!("../../Cargo.lock");
    let packages: Vec<&str> =
        lock.split("\n\n").filter(|block| block.starts_with("[[package]]")).collect();
    assert!(packages.len() > 100, "the lock file reads differently");
    for package in packages {
        let name = field(package, "name").expect("a package has a name");
        if name == env!("CARGO_PKG_NAME") {
            continue;
        }
        let version = field(package, "version").expect("a package has a version");
        let source = field(package, "source");
        let registry = Some("registry+https://github.com/rust-lang/crates.io-index");
        assert_eq!(source, registry, "{name} {version}");
        if let Some((_, welcome)) = BANNED.iter().find(|(banned, _)| *banned == name) {
            assert!(welcome.is_some_and(|from| numbers(version) >= from), "{name} {version}");
        }
    }
}

#[test]
fn nothing_is_there_twice_without_a_reason() {
    let lock = include_str!("../../Cargo.lock");
    let mut versions: BTreeMap<&str, u32> = BTreeMap::new();
    for name in lock.lines().filter_map(|line| field(line, "name")) {
        *versions.entry(name).or_default() += 1;
    }
    let twice: Vec<&str> =
        versions.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).collect();
    assert_eq!(twice, TWICE);
}

#[test]
fn every_licence_is_allowed() {
    for package in metadata()["packages"].as_array().expect("packages") {
        let name = package["name"].as_str().expect("a package has a name");
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_allowed(licence), "{name}: {licence}");
    }
}

#[test]
fn a_licence_is_read_as_an_expression() {
    for (expression, allowed) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(MIT OR Apache-2.0) AND GPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression), allowed, "{expression}");
    }
}

/// Every package that is built on this kind of machine, as cargo describes it.
fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let version = Command::new("rustc").arg("-vV").output().expect("rustc runs").stdout;
    let version = String::from_utf8_lossy(&version).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--locked", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo prints JSON")
}

/// Whether a licence expression (<https://spdx.github.io/spdx-spec>) can be met with ours.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let all = |text: &str| text.split(" AND ").all(|licence| LICENCES.contains(&licence.trim()));
    let any = |text: &str| text.split(" OR ").any(all);
    match expression.strip_prefix('(').and_then(|rest| rest.split_once(") AND ")) {
        Some((first, second)) => any(first) && any(second),
        None => any(&expression),
    }
}

fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \"")?.strip_suffix('"'))
}

fn numbers(version: &str) -> [u64; 3] {
    let mut numbers = version.split(['.', '-', '+']).map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| numbers.next().unwrap_or(0))
}
