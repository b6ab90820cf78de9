//! Messages that nobody wrote for us.

use super::*;

fn world() -> World {
    World::of(vec![
        kms(),
        matrix(
            "web",
            "Web shop",
            &[
                (1, "Renew TLS certificates", "RA", ""),
                (1, "Restore the database", "", "RA"),
                (2, "Replace disks", "", "RA"),
                (2, "Manage backups", "RA", ""),
            ],
        ),
    ])
}

fn message(text: &str) -> String {
    read(&world().answer(&Command::Message { text: text.into() }))
}

const NOTHING: &str = "That message names no activity that I am sure of.\n\
                       Try fewer words, or /raci alone to browse.";

#[test]
fn what_a_message_is_about_is_said_to_be_a_guess_and_for_the_asker_alone() {
    let mut world = world();
    world.settings.public = true;
    let text = "Morning! Somebody should really renew the TLS certificates before Friday.";
    let reply = world.answer(&Command::Message { text: text.into() });
    assert!(
        read(&reply).starts_with(
            "That message seems to be about:\nRenew TLS certificates (Web shop) → Customer does it"
        ),
        "{}",
        read(&reply)
    );
    assert_eq!(reply.audience, Audience::Asker);
    assert_eq!(labels(&reply)[..2], ["Share", "Not this?"]);
}

#[test]
fn alerts_are_understood() {
    for (text, expected) in [
        (
            "[FIRING:1] KMSBackupFailed (kms-prod critical)\n\
             *Alert:* Backup of KMS failed - `critical`\n\
             *Description:* The nightly backup has not succeeded for 26 hours.\n\
             *Graph:* <https://prometheus.example.com/graph?g0.expr=time|:chart:>\n\
             *Details:*\n  • *alertname:* `KMSBackupFailed`\n  • *instance:* `kms-03.example.com:9100`",
            "Manage backups (OVHcloud KMS)",
        ),
        (
            "**[FIRING:2] CertificateExpiringSoon**\nLabels:\n - alertname = CertificateExpiringSoon\n \
             - severity = warning\nAnnotations:\n - summary = TLS certificate of the web shop expires in 3 days\n\
             Source: http://prometheus:9090/graph",
            "Renew TLS certificates (Web shop)",
        ),
        (
            "TRIGGERED  #41233 High Urgency\nService: Web shop\nTitle: Disk failed on db-2 (/var/lib 98%)\n\
             Assigned to: Ana Souza\nEscalation Policy: Platform\nhttps://acme.example.com/incidents/Q1XYZ",
            "Replace disks (Web shop)",
        ),
        (
            "Subject: [INC0012345] Restore of the orders database\nFrom: desk@example.com\n\
             Priority: 2 - High\nShort description: please restore the database of yesterday",
            "Restore the database (Web shop)",
        ),
        (
            "[Triggered on {host:web-01}] Backups failed on Web shop\n@pager  avg(last_5m):sum:x{*} > 1\n\
             Metric value: 1234567\n\
             [Monitor Status](https://m.example.com/1) · [Edit Monitor](https://m.example.com/1/edit)",
            "Manage backups (Web shop)",
        ),
        (
            "```\nalertname: KMSBackupFailed\nseverity: critical\n```",
            "Manage backups (OVHcloud KMS)",
        ),
    ] {
        let answer = message(text);
        let second = answer.lines().nth(1).unwrap_or_default();
        assert!(second.starts_with(expected), "{text}\n{answer}");
    }
}

#[test]
fn the_name_of_an_alert_is_read_in_its_words() {
    for (name, expected) in [
        ("BackupJobFailed: nightly snapshot of web shop volume 12 failed", "Manage backups (Web"),
        ("DiskFull web-shop", "Replace disks (Web"),
        ("KMSBackupFailed", "Manage backups (OVHcloud KMS"),
        ("tlsCertificateExpired on the web shop", "Renew TLS certificates (Web"),
        ("TLSCertificateExpiringSoon", "Renew TLS certificates (Web"),
    ] {
        let answer = message(name);
        let second = answer.lines().nth(1).unwrap_or_default();
        assert!(second.starts_with(expected), "{name}\n{answer}");
    }
    for name in
        ["KubeNodeNotReady", "HighLatency", "GitHub", "PostgreSQL", "getDisk.replaceDisks()"]
    {
        assert_eq!(message(name), NOTHING, "{name}");
    }
}

#[test]
fn what_monitoring_always_says_is_about_nothing() {
    let world = World::of(vec![matrix(
        "mail",
        "Mail",
        &[
            (1, "Monitor service backups", "", "RA"),
            (1, "Watch the resources (run of jobs, disk space, certificates, and so on)", "RA", ""),
            (2, "Choose the location of the deployment", "RA", ""),
        ],
    )]);
    for text in [
        "From: alert@example.com\nSubject: Monitor is DOWN: https://shop.example.com",
        "Problem: Disk space is critically low (used > 90%) on /\nHost: s3-gw-2",
        "The deployment of the new site went well, thanks everyone for the help!",
        "Problem started at 03:12:44 on 2026.11.25\nProblem name: Interface eth0 down",
    ] {
        assert_eq!(read(&world.answer(&Command::Message { text: text.into() })), NOTHING, "{text}");
    }
}

#[test]
fn a_service_in_a_sentence_is_not_what_it_is_about() {
    let rows = [
        (1, "Manage backups", "RA", ""),
        (1, "Watch the servers of Public Cloud services", "", "RA"),
    ];
    let matrices = vec![kms(), matrix("pci", "Public Cloud Instances", &rows)];
    let text = "who does the backups of the instances public cloud ? we lost one";
    let answer = read(&World::of(matrices).answer(&Command::Message { text: text.into() }));
    assert!(answer.contains("Manage backups (Public Cloud Instances)"), "{answer}");
}

#[test]
fn a_question_in_a_message_leads_and_other_topics_are_in_the_menu() {
    let text = "the disks were replaced, fine. But who renews the TLS certificates?\n\
                And somebody should restore the database from yesterday";
    let reply = world().answer(&Command::Message { text: text.into() });
    assert!(reply.headline.to_plain().starts_with("Renew TLS certificates"), "{}", read(&reply));
    let menu = &reply.menus[0];
    let labels: Vec<&str> = menu.choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["Restore the database", "Replace disks"]);
}

#[test]
fn what_no_service_is_named_for_is_compared() {
    let answer = message("[FIRING:1] BackupFailed\nsummary: the backup failed");
    assert!(answer.contains("Manage backups depends on the service →"), "{answer}");
}

#[test]
fn code_traces_quotes_links_and_other_talk_are_about_nothing() {
    for text in [
        "",
        "+1",
        "lunch at 12?",
        "```java\nRestore.theDatabase(); // renew TLS certificates\n```",
        "`renew TLS certificates`",
        "https://wiki.example.com/manage-backups/kms looks nice",
        "see <https://wiki.example.com/restore-the-database>",
        "Traceback (most recent call last):\n  File \"/srv/app/backup.py\", line 10, in <module>\n    \
         restore(database, certificates)\nValueError: invalid key",
        "java.lang.IllegalStateException: backup\n\tat com.example.Backup.manage(Backup.java:12)\n\t\
         at com.example.Restore.database(Restore.java:3)\nCaused by: renew TLS certificates",
        "{\"level\":\"error\",\"msg\":\"manage backups failed\",\"ts\":1700000000}",
        "Guten Morgen, der Drucker im dritten Stock ist kaputt, kann jemand helfen?",
        "el servidor de correo no responde desde ayer por la tarde",
        "Great demo yesterday! The new dashboard looks amazing, congrats to everyone who worked on it.",
        "Reminder: fill in your timesheets before Friday and update the team calendar.",
        "Subject: [INC0012345] Access to the wiki requested\nShort description: requested by mail",
        "I am out next week, please contact Paul for anything urgent about the plan.",
    ] {
        assert_eq!(message(text), NOTHING, "{text}");
    }
}

#[test]
fn what_is_quoted_is_read_when_there_is_nothing_else() {
    let quoted = "> who renews the TLS certificates?";
    assert!(message(quoted).contains("Renew TLS certificates"), "{}", message(quoted));
    let mixed = format!("{quoted}\nno idea what that was about");
    assert_eq!(message(&mixed).lines().next(), message(quoted).lines().next());
}

#[test]
fn a_service_that_is_named_is_looked_into_and_no_other() {
    let reply = world()
        .answer(&Command::Message { text: "TLS certificate of the OVHcloud KMS expired".into() });
    assert_eq!(read(&reply), NOTHING);
    assert_eq!(labels(&reply), ["OVHcloud KMS"]);
}

#[test]
fn any_text_is_read_shortly() {
    for piece in
        ["a ", "backup ", "```", "<", "](", "=:", "\u{1f469}\u{200d}", "at x(", "> ", "KubeX"]
    {
        let text: String = piece.chars().cycle().take(20_000).collect();
        assert!(message(&text).chars().count() < 2_000, "{piece}");
    }
}
