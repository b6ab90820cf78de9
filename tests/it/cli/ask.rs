//! `raci-bot ask`: what it prints, and the status it ends with.

use std::io::Read;

use unicode_width::UnicodeWidthStr;

use super::{HOSTILE, data, raci_bot, run};

#[test]
fn the_first_line_is_the_answer() {
    let run = run(&mut raci_bot(["ask", "backups"]));
    assert_eq!(run.first_line(), "Manage backups → OVHcloud does it and answers for it (R, A).");
    assert!(run.out.contains("Customer: no role listed"), "{}", run.out);
    assert!(run.out.contains("OVHcloud KMS › 3.1.1 Daily operations"), "{}", run.out);
    assert!(run.out.contains("source dated 2 Oct 2024"), "{}", run.out);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
}

#[test]
fn a_misspelt_activity_is_answered_as_a_guess() {
    let run = run(&mut raci_bot(["ask", "abckups"]));
    assert_eq!(run.first_line(), "Closest to “abckups”:");
    assert!(run.out.lines().nth(1).is_some_and(|line| line.starts_with("Manage backups → ")));
    assert_eq!(run.status, Some(0));
}

#[test]
fn a_whole_question_is_answered() {
    let run = run(&mut raci_bot(["ask", "who", "is", "responsible", "for", "backups?"]));
    assert!(run.out.contains("Manage backups → OVHcloud does it"), "{}", run.out);
    assert_eq!(run.status, Some(0));
}

#[test]
fn a_warning_of_the_source_is_shown() {
    let run = run(&mut raci_bot(["ask", "handle", "incidents"]));
    assert!(run.out.contains("⚠ Two accountables in the source"), "{}", run.out);
}

#[test]
fn what_is_not_there_is_said_and_told_by_the_status() {
    let run = run(&mut raci_bot(["ask", "tape robot"]));
    assert!(run.first_line().starts_with("Nothing in OVHcloud KMS matches “tape robot”"));
    assert_eq!(run.status, Some(1));
}

#[test]
fn without_words_one_browses() {
    let run = run(&mut raci_bot(["ask"]));
    assert!(run.first_line().contains("31 activities"), "{}", run.out);
    assert!(run.out.contains("3.1.1 Daily operations"), "{}", run.out);
    assert_eq!(run.status, Some(0));
}

#[test]
fn a_service_can_be_named() {
    let known = run(&mut raci_bot(["ask", "--service", "kms", "backups"]));
    assert_eq!(known.status, Some(0));
    let unknown = run(&mut raci_bot(["ask", "--service", "zzzzzz", "backups"]));
    assert!(unknown.out.contains("zzzzzz"), "{}", unknown.out);
    assert_eq!(unknown.status, Some(1));
}

#[test]
fn the_locale_decides_the_language() {
    let run = run(raci_bot(["ask", "backups"]).env("LANG", "fr_FR.UTF-8"));
    assert!(run.first_line().contains("s’en charge et en répond"), "{}", run.out);
}

#[test]
fn lines_fit_a_narrow_window() {
    for columns in [20, 40, 60] {
        let run = run(raci_bot(["ask", "handle incidents"]).env("COLUMNS", columns.to_string()));
        for line in run.out.lines().filter(|line| !line.contains("://")) {
            assert!(line.width() <= columns, "{columns}: {line:?}");
        }
    }
}

#[test]
fn colour_is_for_terminals_and_for_those_who_insist() {
    let escapes = |variables: &[(&str, &str)]| {
        let run = run(raci_bot(["ask", "backups"]).envs(variables.iter().copied()));
        run.out.contains('\u{1b}')
    };
    assert!(!escapes(&[("TERM", "xterm")]));
    assert!(escapes(&[("CLICOLOR_FORCE", "1")]));
    assert!(!escapes(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

/// What a terminal would obey, or would read backwards.
fn obeyed(text: &str) -> Option<char> {
    text.chars().find(|&c| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

#[test]
fn nothing_that_a_terminal_obeys_gets_through() {
    let data = data("evil.yaml", HOSTILE);
    for words in [&["ask", "missiles"][..], &["ask"], &["ask", "--json", "missiles"]] {
        let run = run(raci_bot(words).arg("--data").arg(data.path()));
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{words:?}");
        assert_eq!(obeyed(&run.out), None, "{words:?}: {:?}", run.out);
    }
    let asked = run(&mut raci_bot(["ask", "\u{1b}]0;owned\u{7}\u{202e}backups tape robot"]));
    assert_eq!(obeyed(&asked.out), None, "{:?}", asked.out);
}

#[test]
fn a_fault_shows_its_line_harmlessly() {
    let data = data("evil.yaml", "service: { name: X }\n\u{1b}]0;owned\u{7}\u{202e}: \u{9b}2J\n");
    let run = run(raci_bot(["ask", "x", "--data"]).arg(data.path()));
    assert_eq!((run.status, obeyed(&run.err)), (Some(65), None), "{:?}", run.err);
}

#[test]
fn every_status_has_its_cause() {
    let broken = data("broken.yaml", "service: { name: X }\nparties: [{ nam: Us }]\n");
    let broken = broken.path().to_str().expect("a path");
    let config = data("raci-bot.yaml", "visibillity: public\n");
    let config = config.path().join("raci-bot.yaml");
    let config = config.to_str().expect("a path");
    for (args, status, said) in [
        (&["--help"][..], 0, ""),
        (&["--version"], 0, ""),
        (&["ask", "--help"], 0, ""),
        (&[], 64, "Usage:"),
        (&["tell"], 64, "tell"),
        (&["ask", "--jso", "x"], 64, "--json"),
        (&["ask", "-"], 64, "--json"),
        (&["ask", "x", "--data", broken], 65, "nam"),
        (&["ask", "x", "--data", "/nowhere"], 66, "/nowhere"),
        (&["ask", "x", "--data", "Cargo.toml"], 66, "Cargo.toml"),
        (&["ask", "x", "--config", "/nowhere.yaml"], 66, "/nowhere.yaml"),
        (&["chat", "--data", broken], 65, "nam"),
        (&["ask", "x", "--config", config], 78, "visibility"),
    ] {
        let run = run(&mut raci_bot(args));
        assert_eq!(run.status, Some(status), "{args:?}: {run:?}");
        assert!(run.err.contains(said), "{args:?}: {run:?}");
        assert!(!run.err.contains("panicked") && !run.err.contains("backtrace"), "{run:?}");
        assert_eq!(run.out.is_empty(), status != 0, "{args:?}: {run:?}");
    }
}

#[test]
fn every_fault_of_every_file_is_shown_with_its_place() {
    let data = data("a.yaml", "service: { name: X, colour: red }\nparties: [{ nam: Us }]\n");
    std::fs::write(data.path().join("b.yaml"), "service: {}\n").expect("a file");
    let run = run(raci_bot(["ask", "x"]).env("RACI_BOT_DATA", data.path()));
    for said in ["a.yaml:1:", "a.yaml:2:", "b.yaml:1:", "colour", "nam", "^"] {
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
    assert_eq!(run.status, Some(65));
}

#[test]
fn an_argument_wins_over_the_environment_and_an_empty_variable_is_none() {
    let data = data("evil.yaml", HOSTILE);
    let over = run(raci_bot(["ask", "missiles", "--data"])
        .arg(data.path())
        .env("RACI_BOT_DATA", "/nowhere"));
    assert_eq!(over.status, Some(0), "{over:?}");
    let empty = run(raci_bot(["ask", "backups"]).env("RACI_BOT_DATA", ""));
    assert_eq!(empty.status, Some(0), "{empty:?}");
}

#[test]
fn the_version_names_both_licences() {
    let run = run(&mut raci_bot(["--version"]));
    assert!(run.first_line().starts_with(concat!("raci-bot ", env!("CARGO_PKG_VERSION"))));
    assert!(run.out.contains("MIT OR Apache-2.0"), "{}", run.out);
    assert!(run.out.contains("OVHcloud KMS matrix: CC BY-NC-SA 4.0"), "{}", run.out);
}

#[test]
fn the_schema_of_each_kind_of_file_is_json_and_names_its_keys() {
    let kinds: [(&[&str], &str); 4] = [
        (&["schema"], "activities"),
        (&["schema", "matrix"], "activities"),
        (&["schema", "thesaurus"], "sets"),
        (&["schema", "config"], "visibility"),
    ];
    for (args, key) in kinds {
        let run = run(&mut raci_bot(args));
        let schema: serde_json::Value = serde_json::from_str(&run.out).expect("it is JSON");
        assert!(schema.get("$schema").is_some(), "{args:?}");
        assert!(schema["properties"].get(key).is_some(), "{args:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for args in [&["ask", "backups"][..], &["schema"], &["ask", "--json", "backups"], &["--help"]] {
        let mut child = raci_bot(args).spawn().expect("the binary runs");
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
        let status = child.wait().expect("it ends");
        assert_eq!((status.code(), said.as_str()), (Some(0), ""), "{args:?}");
    }
}
