//! `raci-bot unanswered`: the questions that found nothing, ready to be pasted as aliases.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use time::UtcDateTime;

use super::{Global, setup};
use crate::bot::Library;
use crate::commands::unanswered::{Gap, quoted};
use crate::config::{Config, Unanswered};
use crate::daemon::unanswered::Store;
use crate::domain::ActivityKey;
use crate::exit::Exit;
use crate::failure::{Failure, printed};

/// What to do with them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Forget all of them
    #[arg(long)]
    clear: bool,
}

/// Lists or forgets what the daemon has kept.
pub(super) fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let config = setup::config(global)?;
    let store = store(&config)?;
    let now = UtcDateTime::now();
    let failed = |error: io::Error| {
        let directory = store.directory.display();
        Failure::new(Exit::NoInput, format!("`{directory}`: {error}"))
            .hint("run it as the user that the daemon runs as")
    };
    if args.clear {
        let count = store.clear(now).map_err(failed)?;
        let questions = if count == 1 { "question" } else { "questions" };
        return printed(writeln!(io::stdout(), "{count} {questions} forgotten"), Exit::Success);
    }
    let questions = store.read(now.date()).map_err(failed)?;
    let bot = setup::bot(global)?;
    let (library, gaps) = bot.gaps(&questions, &setup::context());
    let text = listed(&library, &gaps, config.unanswered.keep);
    printed(io::stdout().write_all(text.as_bytes()), Exit::Success)
}

fn store(config: &Config) -> Result<Store, Failure> {
    let Unanswered { most, days, .. } = config.unanswered;
    let directory = config.state.clone().ok_or_else(|| {
        Failure::new(Exit::Config, "questions are kept nowhere: no directory is named").hint(
            "`state` in the configuration names one, which `--config` or `RACI_BOT_CONFIG` names",
        )
    })?;
    Ok(Store { directory, most, days })
}

/// The list as YAML: for each activity the aliases that would have found it, which can be pasted
/// into its matrix, and as remarks what else is to be known.
fn listed(library: &Library, gaps: &[Gap<'_>], keeps: bool) -> String {
    let mut text = String::new();
    if gaps.is_empty() {
        let _ = writeln!(text, "# no question is kept that finds nothing sure today");
    }
    if !keeps {
        let _ = writeln!(text, "# `unanswered.keep` is off in the configuration: none is added");
    }
    let mut near: BTreeMap<ActivityKey, Vec<&Gap<'_>>> = BTreeMap::new();
    for gap in gaps {
        if let Some(&best) = gap.closest.first() {
            near.entry(best).or_default().push(gap);
        }
    }
    let mut last = None;
    for (key, gaps) in near {
        let found = library.catalog.at(key);
        if last.replace(key.matrix) != Some(key.matrix) {
            let service = &found.matrix.service;
            let _ = writeln!(text, "# {} ({})", service.name, service.id);
        }
        let _ = writeln!(text, "- name: {}\n  aliases:", quoted(&found.activity.name));
        for gap in gaps {
            let times = remark(library, gap);
            let _ = writeln!(text, "    - {} # {times}", quoted(&gap.question.asked.text));
        }
    }
    let mut alone = gaps.iter().filter(|gap| gap.closest.is_empty()).peekable();
    if alone.peek().is_some() {
        let _ = writeln!(text, "# nothing comes near:");
    }
    for gap in alone {
        let times = remark(library, gap);
        let _ = writeln!(text, "#   - {} # {times}", quoted(&gap.question.asked.text));
    }
    text
}

/// `3 times, last 2026-11-24; or: Destroy data`.
fn remark(library: &Library, gap: &Gap<'_>) -> String {
    let times = match gap.question.times {
        1 => "once".to_owned(),
        times => format!("{times} times"),
    };
    let mut remark = format!("{times}, last {}", gap.question.last);
    for (at, &other) in gap.closest.iter().skip(1).enumerate() {
        let joint = if at == 0 { "; or: " } else { " · " };
        remark.push_str(joint);
        // A name may hold anything but the end of a line.
        remark.push_str(&library.catalog.at(other).activity.name);
    }
    remark
}
