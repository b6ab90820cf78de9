//! What the program says of itself: version, manual page, completions, configuration.

use std::process::Command;

use super::{Run, raci_bot, run};

fn said(arguments: &[&str]) -> Run {
    let run = run(&mut raci_bot(arguments));
    assert_eq!(run.status, Some(0), "{run:?}");
    run
}

#[test]
fn the_version_has_the_commit_where_one_is_known() {
    for argument in ["-V", "--version"] {
        let version = said(&[argument]);
        let rest = version.first_line().strip_prefix("raci-bot ").expect("the name");
        let rest = rest.strip_prefix(env!("CARGO_PKG_VERSION")).expect("the version");
        let commit = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')'));
        let is_commit = |text: &str| text.len() >= 7 && text.chars().all(|c| c.is_ascii_hexdigit());
        assert!(rest.is_empty() || commit.is_some_and(is_commit), "{rest}");
    }
}

#[test]
fn the_manual_page_is_one_and_every_subcommand_has_its_own() {
    let page = said(&["man"]).out;
    for heading in ["NAME", "SYNOPSIS", "ENVIRONMENT", "FILES", "SIGNALS", "\"EXIT STATUS\""] {
        assert!(page.contains(&format!("\n.SH {heading}\n")), "{heading} is missing in\n{page}");
    }
    let directory = tempfile::tempdir().expect("a directory");
    said(&["man", directory.path().to_str().expect("a plain path")]);
    for name in ["raci-bot", "raci-bot-ask", "raci-bot-serve", "raci-bot-healthcheck"] {
        assert!(directory.path().join(format!("{name}.1")).is_file(), "{name}.1");
    }
    let nowhere = run(&mut raci_bot(["man", "/nonexistent/directory"]));
    assert_eq!(nowhere.status, Some(74), "{nowhere:?}");
}

#[test]
fn completions_name_the_subcommands_and_bash_reads_them() {
    for shell in ["bash", "zsh", "fish"] {
        let text = said(&["completions", shell]).out;
        for word in ["healthcheck", "serve", "explain"] {
            assert!(text.contains(word), "{word} is missing for {shell}");
        }
    }
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("raci-bot");
    let text = said(&["completions", "bash"]).out;
    std::fs::write(&file, text).expect("a file of ours");
    let script = "source \"$1\"; COMP_WORDS=(raci-bot he); COMP_CWORD=1; \
        _raci__bot raci-bot he raci-bot; echo \"${COMPREPLY[*]}\"";
    let bash = Command::new("bash").args(["-c", script, "bash"]).arg(&file).output();
    let bash = Run::from(bash.expect("bash runs"));
    assert_eq!(bash.first_line(), "healthcheck help", "{bash:?}");
}

#[test]
fn the_configuration_in_force_is_told_with_its_origins_and_without_the_token() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("raci-bot.yaml");
    let text = "visibility: public\nlog:\n  level: warn\n";
    std::fs::write(&file, text).expect("a file of ours");
    let name = file.to_str().expect("a plain path");
    let config = run(raci_bot(["config", "--config", name, "--data", "there"])
        .env("RACI_BOT_HTTP", "off")
        .env("DISCORD_TOKEN", "MTA0.secret.token")
        .env("DISCORD_API_URL", "http://127.0.0.1:1"));
    assert_eq!(config.status, Some(0), "{config:?}");
    let squeezed: Vec<String> = config
        .out
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    for line in [
        "data: there # --data".to_owned(),
        format!("visibility: public # {name}:1"),
        "http: \"off\" # RACI_BOT_HTTP".to_owned(),
        format!("level: warn # {name}:3"),
        "guilds: [] # default".to_owned(),
        "# the token: hidden, from DISCORD_TOKEN".to_owned(),
        "# Discord: http://127.0.0.1:1, from DISCORD_API_URL".to_owned(),
    ] {
        assert!(squeezed.contains(&line), "{line} is missing in\n{}", config.out);
    }
    assert!(!config.out.contains("MTA0") && !config.err.contains("MTA0"), "{config:?}");
    std::fs::write(&file, &config.out).expect("a file of ours");
    let again = run(&mut raci_bot(["config", "--config", name]));
    assert_eq!(again.status, Some(0), "what is printed is a configuration: {again:?}");
    std::fs::write(&file, "visiblity: public\n").expect("a file of ours");
    let wrong = run(&mut raci_bot(["config", "--config", name]));
    assert_eq!(wrong.status, Some(78), "{wrong:?}");
}
