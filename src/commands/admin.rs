//! What operators do from team chat: look how the bot stands, have its files read again.

use super::reply::{LineKind, Outcome, Reply};
use super::standing::{Changes, Fate, Reading};
use super::text::Text;
use super::unanswered::{self, Question};
use super::{Context, Language, Sources, Standing};
use crate::domain::{Catalog, Matrix, Problem};

/// The name of the operators' command, whose actions are its subcommands.
pub const NAME: &str = "raci-admin";

/// How many faults or warnings a reply shows; the log and `raci-bot check` have all.
const MAX_PROBLEMS: usize = 10;

/// What an operator wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admin {
    /// How the bot stands.
    Status,
    /// What came of reading configuration and matrices again, which the daemon does before.
    Reload,
    /// What was asked and found nothing sure.
    Unanswered {
        /// The page, from 0; the last one when there are fewer.
        page: u16,
    },
}

/// One of the command's actions.
#[derive(Debug)]
pub struct Action {
    /// Its name.
    pub name: &'static str,
    /// What it does, in at most 100 characters.
    pub description: fn(Language) -> &'static str,
    /// What it wants.
    pub wants: Admin,
}

/// Every action.
pub const ACTIONS: &[Action] = &[
    Action { name: "status", description: Language::describes_status, wants: Admin::Status },
    Action { name: "reload", description: Language::describes_reload, wants: Admin::Reload },
    Action {
        name: "unanswered",
        description: Language::describes_unanswered,
        wants: Admin::Unanswered { page: 0 },
    },
];

/// What the command does, in at most 100 characters.
#[must_use]
pub fn description(language: Language) -> &'static str {
    language.describes_admin()
}

/// The action of a name.
#[must_use]
pub fn named(name: &str) -> Option<Admin> {
    let action = ACTIONS.iter().find(|action| action.name.eq_ignore_ascii_case(name.trim()));
    action.map(|action| action.wants.clone())
}

/// What an operator is told from.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// What the operator may see, like everybody.
    pub sources: Sources<'a>,
    /// Everything.
    pub whole: &'a Catalog,
    /// What was odd about the files.
    pub warnings: &'a [Problem],
    /// What became of reading them; none where no daemon keeps them.
    pub standing: Option<&'a Standing>,
    /// How many questions found nothing since the start.
    pub unanswered: u64,
    /// The ones that are kept; none where they are not.
    pub kept: Option<&'a [Question]>,
}

impl Operation<'_> {
    /// The answer to an operator, who must be one.
    #[must_use]
    pub fn answer(&self, wanted: &Admin, context: &Context) -> Reply {
        let language = context.language;
        if !self.sources.settings.access.is_operator(context) {
            return Reply::private(Outcome::Refused, language.not_an_operator());
        }
        match wanted {
            Admin::Status => self.status(context),
            Admin::Reload => self.reload(context),
            Admin::Unanswered { page } => {
                unanswered::list(&self.sources, self.kept, *page, context)
            }
        }
    }

    fn status(&self, context: &Context) -> Reply {
        let language = context.language;
        let catalog = self.sources.catalog;
        let headline = language.answers_from(
            env!("RACI_BOT_VERSION"),
            catalog.matrices().len(),
            catalog.len(),
        );
        let mut reply = Reply::private(Outcome::Admin, headline);
        if let Some(standing) = self.standing {
            reply = self.reading(reply, standing, language);
        }
        reply = self.limits(reply, language);
        if self.unanswered > 0 {
            reply = reply.line(LineKind::Remark, language.unanswered_since(self.unanswered));
        }
        reply = reply.line(LineKind::Heading, Text::strong(language.matrices_heading()));
        let reply = catalog
            .matrices()
            .iter()
            .fold(reply, |reply, matrix| reply.line(LineKind::Item, of_matrix(matrix, context)));
        self.with_warnings(reply, language)
    }

    fn with_warnings(&self, reply: Reply, language: Language) -> Reply {
        if !self.sees_all() {
            return reply;
        }
        let heading = language.warnings(self.warnings.len());
        problems(reply, self.warnings, heading, language)
    }

    fn reload(&self, context: &Context) -> Reply {
        let language = context.language;
        let said = |text| Reply::private(Outcome::Admin, text);
        let Some(standing) = self.standing else { return said(language.nothing_reloads()) };
        if standing.under_way.is_some() {
            return said(language.still_reading());
        }
        if standing.last.has_failed() {
            return self.faults(said(language.nothing_changed()), standing, language);
        }
        let catalog = self.sources.catalog;
        let Reading { took, configuration, changes, .. } = &standing.last;
        let counts = (catalog.matrices().len(), catalog.len());
        let headline = language.read_again(*configuration, counts.0, counts.1, *took);
        let reply = self.changes(said(headline), changes, context);
        self.with_warnings(self.limits(reply, language), language)
    }

    /// What is wrong with the limits of services, to whom no limit hides anything.
    fn limits(&self, reply: Reply, language: Language) -> Reply {
        if !self.sees_all() {
            return reply.line(LineKind::Remark, language.only_what_you_see());
        }
        let access = &self.sources.settings.access;
        let unknown = access.unknown(self.whole).into_iter().map(|id| language.limits_nothing(id));
        let sealed = access.sealed(self.whole).into_iter();
        let sealed = sealed.map(|service| language.seen_by_nobody(&service.id));
        unknown.chain(sealed).fold(reply, |reply, text| reply.line(LineKind::Warning, text))
    }

    /// What is other than before, as far as the operator may see it.
    fn changes(&self, reply: Reply, changes: &Changes, context: &Context) -> Reply {
        let language = context.language;
        let access = &self.sources.settings.access;
        let sight = access.sight(context);
        let mut reply = reply;
        if !changes.keys.is_empty() {
            reply = reply.line(LineKind::Remark, language.keys_changed(&changes.keys));
        }
        for fate in [Fate::Added, Fate::Changed, Fate::Gone] {
            let alike = changes.services.iter().filter(|(_, known)| *known == fate);
            let seen = alike.filter(|(service, _)| {
                access.limits_of(service).is_none_or(|limits| sight.meets(limits))
            });
            let names: Vec<&str> = seen.map(|(service, _)| service.name.as_str()).collect();
            if !names.is_empty() {
                reply = reply.line(LineKind::Remark, language.services_are(fate, &names));
            }
        }
        if changes.is_empty() {
            reply = reply.line(LineKind::Remark, language.nothing_different());
        }
        restart(reply, changes, language)
    }

    /// When and from where the matrices were read, and what is wrong with what is there now.
    fn reading(&self, reply: Reply, standing: &Standing, language: Language) -> Reply {
        let reply = reply.line(
            LineKind::Remark,
            match &standing.directory {
                Some(directory) => language.read_at(standing, directory),
                None => language.builtin(),
            },
        );
        let reply = restart(reply, &standing.last.changes, language);
        let reply = match standing.under_way {
            Some(since) => reply.line(LineKind::Remark, language.reading_since(since)),
            None => reply,
        };
        if !standing.last.has_failed() {
            return reply;
        }
        let reply = reply.line(LineKind::Warning, language.not_read_since(standing.last.at));
        self.faults(reply, standing, language)
    }

    /// The faults of the last reading. They quote files, and so are for those alone who may see all.
    fn faults(&self, reply: Reply, standing: &Standing, language: Language) -> Reply {
        let faults: Vec<Problem> = standing.last.errors().cloned().collect();
        if self.sees_all() {
            problems(reply, &faults, language.faults(faults.len()), language)
        } else {
            reply.line(LineKind::Remark, language.faults_not_for_you(faults.len()))
        }
    }

    fn sees_all(&self) -> bool {
        self.sources.catalog.matrices().len() == self.whole.matrices().len()
    }
}

/// The keys of the configuration that wait for a restart.
fn restart(reply: Reply, changes: &Changes, language: Language) -> Reply {
    if changes.restart.is_empty() {
        return reply;
    }
    reply.line(LineKind::Warning, language.restart_to_apply(&changes.restart))
}

/// Problems below their heading, each with its place.
fn problems(reply: Reply, problems: &[Problem], heading: String, language: Language) -> Reply {
    if problems.is_empty() {
        return reply;
    }
    let reply = reply.line(LineKind::Heading, Text::strong(heading));
    let shown = problems.iter().take(MAX_PROBLEMS).fold(reply, |reply, problem| {
        let text = Text::default()
            .and_code(problem.place.to_string())
            .and(format!(" {}", problem.message));
        let text = match &problem.hint {
            Some(hint) => text.and(format!(" ({hint})")),
            None => text,
        };
        reply.line(LineKind::Item, text)
    });
    match problems.len().checked_sub(MAX_PROBLEMS) {
        None | Some(0) => shown,
        Some(more) => shown.line(LineKind::Remark, language.more_in_the_log(more)),
    }
}

/// `OVHcloud KMS (kms, en) · 31 activities · 2 Oct 2024 (2 years ago)`.
fn of_matrix(matrix: &Matrix, context: &Context) -> Text {
    let language = context.language;
    let tag = matrix.language.as_ref().map(|tag| format!(", {tag}")).unwrap_or_default();
    let age = match matrix.source.date {
        Some(date) => language.day_and_age(date, context.today),
        None => language.undated().to_owned(),
    };
    Text::strong(&matrix.service.name).and(format!(
        " ({}{tag}) · {} · {age}",
        matrix.service.id,
        language.activities(matrix.activities.len())
    ))
}
