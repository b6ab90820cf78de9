//! Trying what somebody in team chat would be told.

use std::path::Path;

use super::{Run, raci_bot, run, run_with_input, write};

const VAULT: &str = "\
service: { id: vault, name: Deep Vault }
parties: [Custodians]
activities:
  - name: Rotate the master key
    assignments: { Custodians: RA }
";

const WEB: &str = "\
service: { id: web, name: Web shop }
parties: [Operations]
activities:
  - name: Renew certificates
    assignments: { Operations: RA }
";

const CONFIGURATION: &str = "\
data: matrices
guilds: [1]
access: [{ services: [vault], guilds: [1], roles: [7] }]
";

fn files() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a directory");
    std::fs::create_dir(home.path().join("matrices")).expect("a directory");
    write(&home.path().join("raci-bot.yaml"), CONFIGURATION);
    write(&home.path().join("matrices/vault.yaml"), VAULT);
    write(&home.path().join("matrices/web.yaml"), WEB);
    home
}

fn ask(home: &Path, arguments: &[&str]) -> Run {
    let config = home.join("raci-bot.yaml");
    let config = ["--config", config.to_str().expect("a plain path"), "ask"];
    run(&mut raci_bot(config.iter().chain(arguments)))
}

#[test]
fn a_rule_for_a_service_that_is_not_there_is_told_with_its_place() {
    let home = files();
    let config = home.path().join("raci-bot.yaml");
    let name = config.to_str().expect("a plain path");
    let check = |arguments: &[&str]| run(raci_bot(["--config", name, "check"]).args(arguments));
    assert_eq!(check(&[]).status, Some(0));
    write(&config, &CONFIGURATION.replace("[vault]", "[vault, vualt]"));
    let found = check(&[]);
    assert_eq!(found.status, Some(65), "{found:?}");
    for part in [
        "error[unknown-service]: no matrix is about `vualt`, so that nothing is protected here",
        "raci-bot.yaml:3:30",
        "did you mean `vault`? with `service: { confidential: true }` a matrix is protected",
    ] {
        assert!(found.out.contains(part), "{part} is missing in\n{}", found.out);
    }
    let other = home.path().join("matrices/web.yaml");
    let other = check(&[other.to_str().expect("a plain path")]);
    assert_eq!(other.status, Some(0), "of one file nothing is known of others: {other:?}");
    let told = run(&mut raci_bot(["config", "--config", name]));
    assert!(told.out.contains("# ") && told.out.contains("`vualt`"), "{}", told.out);
    // What cannot be read may be about it.
    write(&home.path().join("matrices/bad.yaml"), "service: [");
    assert!(!check(&[]).out.contains("vualt"));
}

#[test]
fn a_confidential_matrix_is_for_whom_a_rule_names() {
    let home = files();
    let sealed = WEB.replace("{ id: web", "{ confidential: true, id: web");
    write(&home.path().join("matrices/web.yaml"), &sealed);
    let says = |arguments: &[&str]| ask(home.path(), arguments).out.contains("Operations");
    assert!(says(&["renew certificates"]), "its owner reads the file anyway");
    let config = home.path().join("raci-bot.yaml");
    let chat = ["--config", config.to_str().expect("a plain path"), "chat"];
    let status = run_with_input(&mut raci_bot(chat), b"/raci-admin status\n");
    assert!(
        status.out.contains("web is confidential, and no rule of access names it"),
        "{status:?}"
    );
    assert!(!says(&["--as", "guild:1,role:7", "renew certificates"]));
    let rule = format!("{CONFIGURATION}  - {{ services: [web], roles: [8] }}\n");
    let rules = rule.replace("access: [", "access:\n  - ").replace("roles: [7] }]", "roles: [7] }");
    write(&home.path().join("raci-bot.yaml"), &rules);
    assert!(says(&["--as", "guild:1,role:8", "renew certificates"]));
    assert!(!says(&["--as", "guild:1,role:7", "renew certificates"]));
}

#[test]
fn a_matrix_that_is_brought_up_to_date_stays_confidential() {
    const PAGE: &str = "# Vault\n\n|Activity|Custodians|\n|-|-|\n|Rotate the master key|RA|\n";
    let home = files();
    let (page, vault) = (home.path().join("page.md"), home.path().join("matrices/vault.yaml"));
    let update = || run(raci_bot(["import"]).arg(&page).arg("--update").arg(&vault)).out;
    write(&page, PAGE);
    assert!(!update().contains("confidential"), "nothing says so");
    write(&page, &format!("---\nconfidential: true\n---\n{PAGE}"));
    assert!(update().contains("\n  confidential: true\n"), "the page does");
    write(&page, PAGE);
    write(&vault, &VAULT.replace("{ id", "{ confidential: true, id"));
    assert!(update().contains("\n  confidential: true\n"), "the matrix does");
}

#[test]
fn the_terminals_owner_sees_everything_and_can_try_as_somebody_else() {
    let home = files();
    let first = |arguments: &[&str]| {
        let run = ask(home.path(), arguments);
        (run.status, run.first_line().to_owned())
    };
    let answer =
        "Rotate the master key (Deep Vault) → Custodians does it and answers for it (R, A).";
    assert_eq!(first(&["master key"]), (Some(0), answer.to_owned()));
    assert_eq!(first(&["--as", "guild:1,role:7", "master key"]), (Some(0), answer.to_owned()));
    let hidden = first(&["--as", "guild:1,role:8", "master key"]);
    assert_eq!(hidden, (Some(1), "Nothing in Web shop matches “master key”.".to_owned()));
    let refused = (
        Some(64),
        "This bot does not answer in this place. Use it in a server that its operator has allowed."
            .to_owned(),
    );
    assert_eq!(first(&["--as", "guild:2,role:7", "master key"]), refused);
    let json = ask(home.path(), &["--json", "--as", "guild:1", "--service", "vault", "key"]);
    assert!(!json.out.contains("Custodians") && json.out.contains("\"nothing\""), "{}", json.out);
    let explained = ask(home.path(), &["--explain", "--as", "guild:1", "master key"]);
    assert!(!explained.out.contains("Rotate"), "{}", explained.out);
}

#[test]
fn a_dialogue_can_be_somebody_elses() {
    let home = files();
    let config = home.path().join("raci-bot.yaml");
    let config = config.to_str().expect("a plain path");
    let arguments = ["--config", config, "chat", "--as", "guild:1"];
    let said = run_with_input(&mut raci_bot(arguments), b"/raci\nmaster key\n/raci-admin status\n");
    assert_eq!(said.status, Some(0));
    assert!(said.out.contains("Web shop") && !said.out.contains("Vault"), "{}", said.out);
    assert!(said.out.contains("That is for this bot’s operators"), "{}", said.out);
}

#[test]
fn an_id_without_its_kind_is_refused() {
    for id in ["7", "role:", "roles:7", ""] {
        let run = run(&mut raci_bot(["ask", "--as", id, "backups"]));
        assert_eq!(run.status, Some(64), "{id}");
        assert!(run.err.contains("`role:`"), "{}", run.err);
    }
}
