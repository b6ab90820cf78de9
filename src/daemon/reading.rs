//! One reading of the configuration and the matrices: both are checked whole before either is used.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::library::load;
use super::look::Look;
use crate::bot::Library;
use crate::config::{BLANK, Config, STATE_VARIABLE};
use crate::domain::{Place, Problem, Severity};
use crate::import;

/// Reads the configuration, from the file, the environment and the arguments as at the start.
pub type Reread = Arc<dyn Fn() -> Result<Config, Vec<Problem>> + Send + Sync>;

/// What there is while something else is read.
#[derive(Clone, Debug)]
pub(super) struct InForce {
    /// The configuration.
    pub(super) config: Config,
    /// Whether there is a matrix.
    pub(super) answers: bool,
}

/// What was read.
#[derive(Debug)]
pub(super) struct Read {
    /// When it began.
    pub(super) began: Instant,
    /// What the directory looked like that is in force then.
    pub(super) look: Look,
    /// What to use from now on; the configuration where it was read.
    pub(super) found: Result<(Option<Config>, Library), Refused>,
}

/// Why nothing of it is used.
#[derive(Debug, Default)]
pub(super) struct Refused {
    /// What is wrong with the configuration.
    pub(super) configuration: Vec<Problem>,
    /// What is wrong with the matrices.
    pub(super) matrices: Vec<Problem>,
}

/// Reads the matrices, and with `reread` the configuration before, which names their directory.
pub(super) fn read(in_force: &InForce, reread: Option<&Reread>) -> Read {
    let began = Instant::now();
    let config = reread.map(|reread| configuration(reread, &in_force.config)).transpose();
    let here = in_force.config.data.as_deref();
    let directory = match &config {
        Ok(Some(config)) => config.data.clone(),
        _ => in_force.config.data.clone(),
    };
    let directory = directory.as_deref();
    // Before the files are read, so that what changes meanwhile is seen as a change.
    let look = Look::at(directory);
    let library = matrices(directory, in_force.answers);
    match (config, library) {
        (Ok(config), Ok(library)) => Read { began, look, found: Ok((config, library)) },
        // All that is wrong is told at once.
        (config, library) => {
            let look = if directory == here { look } else { Look::at(here) };
            let configuration = config.err().unwrap_or_default();
            let matrices = library.err().unwrap_or_default();
            Read { began, look, found: Err(Refused { configuration, matrices }) }
        }
    }
}

/// A file that is emptied, perhaps just now by who is about to write it, drops no rule.
fn configuration(reread: &Reread, in_force: &Config) -> Result<Config, Vec<Problem>> {
    let config = reread()?;
    if let Some(problem) = homeless(&config) {
        return Err(vec![problem]);
    }
    if !config.is_blank() || in_force.is_blank() {
        return Ok(config);
    }
    let mut problems = config.warnings;
    for problem in problems.iter_mut().filter(|problem| problem.rule == BLANK) {
        problem.severity = Severity::Error;
        "says nothing any more".clone_into(&mut problem.message);
        problem.hint = Some("`{}` says that every key shall have its default".to_owned());
    }
    Err(problems)
}

/// Questions are to be kept, and nowhere is said where.
pub(super) fn homeless(config: &Config) -> Option<Problem> {
    let is_homeless = config.unanswered.keep && config.state.is_none();
    is_homeless.then(|| Problem {
        place: Place { file: PathBuf::from(format!("${STATE_VARIABLE}")), line: 0, column: 0 },
        severity: Severity::Error,
        rule: "state",
        message: "`unanswered.keep` in the configuration needs a directory".to_owned(),
        hint: Some("`state` names one, or systemd does with `StateDirectory=`".to_owned()),
        excerpt: None,
    })
}

/// Where there were matrices, none at all are no library: somebody is about to put others there, or
/// made a mistake.
fn matrices(directory: Option<&Path>, before: bool) -> Result<Library, Vec<Problem>> {
    let library = load(directory).map_err(|unusable| unusable.into_problems(directory))?;
    if before && library.catalog.matrices().is_empty() {
        let path = directory.unwrap_or(Path::new(""));
        let problem = import::whole_file(path, "no-matrix", "holds no matrix".to_owned());
        let hint = "until there is one again, or a restart, those read before answer";
        return Err(vec![Problem { hint: Some(hint.to_owned()), ..problem }]);
    }
    Ok(library)
}

impl Refused {
    /// Everything that is wrong.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.configuration.into_iter().chain(self.matrices).collect()
    }
}
