//! The line that is typed at: editing, history, completion.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::Validator;
use rustyline::{ColorMode, CompletionType, Config, Editor, Helper};

use super::slash;
use super::{Screen, paint::harmless};
use crate::bot::Bot;
use crate::commands::table::{COMMANDS, OptionKind};
use crate::commands::{Context, admin};

const PROMPT: &str = "> ";
/// How many lines are remembered from one conversation to the next.
const MAX_HISTORY: usize = 500;
/// How many completions are offered: what a small window shows.
const MAX_COMPLETIONS: usize = 12;

/// A prompt on the terminal.
pub struct Prompt<'a> {
    editor: Editor<Completions<'a>, DefaultHistory>,
    history: Option<PathBuf>,
}

impl<'a> Prompt<'a> {
    /// A prompt that completes what the bot knows.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be set up.
    pub fn new(bot: &'a Bot, context: &Context, screen: Screen) -> io::Result<Self> {
        let config = Config::builder()
            .max_history_size(MAX_HISTORY)
            .and_then(|config| config.history_ignore_dups(true))
            .map_err(of_editor)?
            .auto_add_history(true)
            .completion_type(CompletionType::List)
            .completion_show_all_if_ambiguous(true)
            .color_mode(if screen.colour { ColorMode::Enabled } else { ColorMode::Disabled })
            .build();
        let mut editor = Editor::with_config(config).map_err(of_editor)?;
        editor.set_helper(Some(Completions { bot, context: context.clone() }));
        let history = history_file(|name| env::var_os(name).map(PathBuf::from));
        if let Some(file) = &history {
            // There is none the first time, and an unreadable one only costs convenience.
            let _ = editor.load_history(file);
        }
        Ok(Self { editor, history })
    }

    /// The next line; `None` at the end of the input. An interrupt gives up the line, not the
    /// conversation.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be read.
    pub fn read(&mut self) -> io::Result<Option<String>> {
        match self.editor.readline(PROMPT) {
            Ok(line) => Ok(Some(line)),
            Err(ReadlineError::Interrupted) => Ok(Some(String::new())),
            Err(ReadlineError::Eof) => Ok(None),
            Err(error) => Err(of_editor(error)),
        }
    }

    /// Remembers the lines for the next conversation.
    ///
    /// # Errors
    ///
    /// When the history file cannot be written; nothing but convenience is lost.
    pub fn remember(&mut self) -> io::Result<()> {
        let Some(file) = &self.history else { return Ok(()) };
        if let Some(directory) = file.parent() {
            fs::create_dir_all(directory)?;
        }
        self.editor.save_history(file).map_err(of_editor)
    }
}

/// An editor's failure without the editor in it.
fn of_editor(error: ReadlineError) -> io::Error {
    match error {
        ReadlineError::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

/// Where the XDG base directory specification puts what should outlive a run without being data.
fn history_file(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let absolute = |name| variable(name).filter(|path| path.is_absolute());
    let state = absolute("XDG_STATE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(Path::new(".local/state"))))?;
    Some(state.join("raci-bot").join("history"))
}

/// Completes commands, activities, services, parties and participations.
struct Completions<'a> {
    bot: &'a Bot,
    context: Context,
}

impl Completions<'_> {
    /// Where the text starts that is completed, and what it may become.
    fn of(&self, line: &str) -> (usize, Vec<Pair>) {
        let Some(slash) = line.strip_prefix('/') else {
            return (0, self.values(OptionKind::Activity, line, None));
        };
        let Some((name, rest)) = slash.split_once(' ') else {
            return (0, commands(slash, self.operates()));
        };
        if name.eq_ignore_ascii_case(admin::NAME) {
            let typed = rest.trim_start();
            return (line.len() - typed.len(), self.actions(typed));
        }
        let Some(spec) = COMMANDS.iter().find(|spec| spec.is_called(name)) else {
            return (0, Vec::new());
        };
        let Some((option, start)) = slash::open_option(spec, rest) else {
            return (0, Vec::new());
        };
        let typed = rest[start..].trim_start();
        let service = slash::value(spec, rest, OptionKind::Service)
            .filter(|_| option.kind != OptionKind::Service);
        (line.len() - typed.len(), self.values(option.kind, typed, service.as_deref()))
    }

    fn operates(&self) -> bool {
        self.bot.settings().access.is_operator(&self.context)
    }

    /// What an operator may want.
    fn actions(&self, start: &str) -> Vec<Pair> {
        let language = self.context.language;
        let start = start.to_lowercase();
        let actions = admin::ACTIONS.iter().filter(|_| self.operates());
        let begun = actions.filter(|action| action.name.starts_with(&start));
        begun
            .map(|action| Pair {
                display: format!("{}  {}", action.name, (action.description)(language)),
                replacement: action.name.to_owned(),
            })
            .collect()
    }

    fn values(&self, kind: OptionKind, text: &str, service: Option<&str>) -> Vec<Pair> {
        if kind == OptionKind::Share {
            return Vec::new();
        }
        self.bot
            .complete(kind, text, service, &self.context, MAX_COMPLETIONS)
            .into_iter()
            .map(|completion| {
                // A name reads better than an id at a prompt, and is never cut there.
                let value = match kind {
                    OptionKind::Activity => &completion.label,
                    _ => &completion.value,
                };
                let display = harmless(&completion.label);
                Pair { display, replacement: harmless(value) }
            })
            .collect()
    }
}

fn commands(start: &str, operates: bool) -> Vec<Pair> {
    COMMANDS
        .iter()
        .map(|spec| spec.name)
        .chain(operates.then_some(admin::NAME))
        .chain([slash::MESSAGE, "quit"])
        .filter(|name| name.starts_with(start))
        .map(|name| Pair { display: format!("/{name}"), replacement: format!("/{name} ") })
        .collect()
}

impl Completer for Completions<'_> {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        cursor: usize,
        _: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        Ok(self.of(&line[..cursor]))
    }
}

impl Highlighter for Completions<'_> {
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        Cow::Owned(format!("\u{1b}[1m{prompt}\u{1b}[0m"))
    }
}

impl Hinter for Completions<'_> {
    type Hint = String;
}

impl Validator for Completions<'_> {}

impl Helper for Completions<'_> {}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::bot::Library;
    use crate::commands::{Language, Settings, Viewer};

    #[test]
    fn the_history_stands_in_the_state_directory() {
        let with = |variables: &'static [(&str, &str)]| {
            history_file(|name| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, path)| path.into())
            })
        };
        let state = with(&[("XDG_STATE_HOME", "/state"), ("HOME", "/home/me")]);
        assert_eq!(state, Some("/state/raci-bot/history".into()));
        let home = with(&[("XDG_STATE_HOME", "relative"), ("HOME", "/home/me")]);
        assert_eq!(home, Some("/home/me/.local/state/raci-bot/history".into()));
        assert_eq!(with(&[]), None);
    }

    #[test]
    fn a_slash_completes_to_commands() {
        let shown = |operates| -> Vec<String> {
            commands("raci-", operates).into_iter().map(|pair| pair.replacement).collect()
        };
        assert_eq!(shown(false), ["/raci-duties ", "/raci-help "]);
        assert_eq!(shown(true), ["/raci-duties ", "/raci-help ", "/raci-admin "]);
    }

    #[test]
    fn an_operator_is_offered_what_operators_do() {
        let bot = Bot::new(Library::default(), Settings::default());
        let context = Context::new(Language::English, date!(2026 - 11 - 25));
        let owner = Context { viewer: Viewer::owner(), ..context.clone() };
        let offered = |context: &Context, line: &str| {
            let (start, pairs) = Completions { bot: &bot, context: context.clone() }.of(line);
            let names: Vec<String> = pairs.into_iter().map(|pair| pair.replacement).collect();
            (start, names.join(" "))
        };
        for (line, expected) in [
            ("/raci-admin ", (12, "status reload unanswered")),
            ("/raci-admin re", (12, "reload")),
            ("/Raci-Admin  ST", (13, "status")),
            ("/raci-admin stop", (12, "")),
        ] {
            assert_eq!(offered(&owner, line), (expected.0, expected.1.to_owned()), "{line}");
            assert_eq!(offered(&context, line).1, "", "{line}");
        }
    }
}
