//! The configuration file and the environment as one checked value.
//!
//! The environment wins over the file, the file over the defaults. `config/raci-bot.yaml` documents
//! every key with its default.

mod access;
mod answers;
mod blank;
mod changes;
mod checks;
pub mod origin;
mod schema;
mod unanswered;

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use tracing_subscriber::filter::Targets;

use crate::commands::access::MAX_LIMITS;
use crate::commands::settings::ChannelRule;
use crate::commands::{Access, Settings};
use crate::domain::checks::{Limits, RULES, Severities};
use crate::domain::{Place, Problem, Severity};
use crate::import;
use crate::import::source::Source;
use crate::import::yaml::text;
use crate::import::yaml::typed::{self, At};
pub use access::UNKNOWN_SERVICE;
use access::{LimitFile, OperatorsFile, ids};
use answers::{ChannelFile, PartyFile, Visibility};
pub use blank::BLANK;
pub use changes::AT_START;
use checks::ChecksFile;
pub use schema::schema;
pub use unanswered::Unanswered;
use unanswered::UnansweredFile;

/// The environment's name for the configuration file.
pub const CONFIG_VARIABLE: &str = "RACI_BOT_CONFIG";
/// The environment's name for the directory of matrices.
pub const DATA_VARIABLE: &str = "RACI_BOT_DATA";
/// The environment's name for the address of health and metrics.
pub const HTTP_VARIABLE: &str = "RACI_BOT_HTTP";
/// The environment's name for the log filter.
pub const LOG_VARIABLE: &str = "RACI_BOT_LOG";
/// The environment's name for the form of log lines.
pub const LOG_FORMAT_VARIABLE: &str = "RACI_BOT_LOG_FORMAT";
/// The environment's name for the directory of what outlasts a restart; systemd sets it.
pub const STATE_VARIABLE: &str = "STATE_DIRECTORY";

/// Channels whose answers are for everybody where the configuration does not say: where people
/// work on an incident together.
pub const PUBLIC_CHANNELS: [&str; 3] = ["inc-*", "*incident*", "war-room*"];

/// Where health and metrics are where the configuration does not say: for this machine alone.
pub const HTTP_ADDRESS: &str = "127.0.0.1:9464";

/// The longest name or line, in characters.
const MAX_LINE: u32 = 200;

/// Everything that an administrator decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The directory of matrices that replaces the built-in ones.
    pub data: Option<PathBuf>,
    /// The Discord servers to register commands in; all servers when empty.
    pub guilds: Vec<u64>,
    /// What answers depend on.
    pub settings: Settings,
    /// How `raci-bot check` judges matrices.
    pub checks: Checks,
    /// Where health and metrics are told; nowhere when missing.
    pub http: Option<SocketAddr>,
    /// The directory of what outlasts a restart.
    pub state: Option<PathBuf>,
    /// What becomes of questions that found nothing.
    pub unanswered: Unanswered,
    /// How to log.
    pub log: Log,
    /// What is odd about the configuration file.
    pub warnings: Vec<Problem>,
    /// The services that `access` names, each with the problem that it is where no matrix has it.
    pub named: Vec<(String, Problem)>,
}

/// How `raci-bot check` judges matrices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checks {
    /// How bad it is to break each rule.
    pub severities: Severities,
    /// What is too much.
    pub limits: Limits,
}

impl Default for Checks {
    fn default() -> Self {
        let severities = RULES.iter().map(|rule| (rule.id.to_owned(), Some(rule.severity)));
        Self { severities: severities.collect(), limits: Limits::default() }
    }
}

/// How to log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// The form; by default people's on a terminal, JSON elsewhere.
    pub format: Option<LogFormat>,
    /// A level, or levels by target as in `warn,raci_bot=debug`; `info` when missing.
    pub level: Option<String>,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Human,
    /// For machines, one JSON object a line.
    Json,
}

impl Default for Config {
    fn default() -> Self {
        let public = |channel: &str| ChannelRule {
            channel: channel.to_owned(),
            public: Some(true),
            ..ChannelRule::default()
        };
        Self {
            data: None,
            guilds: Vec::new(),
            settings: Settings {
                channels: PUBLIC_CHANNELS.into_iter().map(public).collect(),
                ..Settings::default()
            },
            checks: Checks::default(),
            http: HTTP_ADDRESS.parse().ok(),
            state: None,
            unanswered: Unanswered::default(),
            log: Log::default(),
            warnings: Vec::new(),
            named: Vec::new(),
        }
    }
}

impl Config {
    /// The configuration of the file `path`, or else of the one that the environment names, or
    /// else the defaults; and over it what the environment says.
    ///
    /// # Errors
    ///
    /// Everything that is wrong: with the file (that it cannot be read among it), sorted, and with
    /// the environment.
    pub fn load(
        path: Option<&Path>,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<Problem>> {
        let env = |name: &str| env(name).filter(|value| !value.is_empty());
        let file = path.map(Path::to_owned).or_else(|| env(CONFIG_VARIABLE).map(PathBuf::from));
        let mut config = match file {
            Some(file) => Self::read(&file)?,
            None => Self::default(),
        };
        config.environment(env)?;
        Ok(config)
    }

    fn read(path: &Path) -> Result<Self, Vec<Problem>> {
        let bytes = import::contents(path).map_err(|error| {
            let message = format!("cannot be read: {error}");
            let problem = import::whole_file(path, "unreadable", message);
            vec![Problem { hint: Some(FILE_HINT.to_owned()), ..problem }]
        })?;
        Self::parse(path, &bytes)
    }

    /// The configuration that a file's bytes hold. The path is for the places of problems, and for
    /// what a relative data directory is relative to; it is not opened.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file, sorted.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let mut source = text::decode(path, bytes);
        if source.is_blank() {
            return Ok(Self::blank(path, source.into_problems()));
        }
        let config = typed::read::<ConfigFile>(&mut source).map(|file| {
            file.check(&mut source);
            let named = LimitFile::named(&file.access, &source);
            Self { named, ..file.config(path.parent().unwrap_or(Path::new(""))) }
        });
        let unusable = source.has_errors();
        let problems = source.into_problems();
        match config {
            Some(config) if !unusable => Ok(Self { warnings: problems, ..config }),
            _ => Err(problems),
        }
    }

    fn environment(&mut self, env: impl Fn(&str) -> Option<String>) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        if let Some(data) = env(DATA_VARIABLE) {
            self.data = Some(PathBuf::from(data));
        }
        if let Some(state) = env(STATE_VARIABLE) {
            // systemd names several, one for each `StateDirectory=`.
            self.state = state.split(':').next().map(PathBuf::from);
        }
        if let Some(address) = env(HTTP_VARIABLE) {
            match http(&address) {
                Ok(http) => self.http = http,
                Err(message) => problems.push(variable(HTTP_VARIABLE, message, HTTP_HINT)),
            }
        }
        if let Some(level) = env(LOG_VARIABLE) {
            if let Err(message) = is_filter(&level) {
                problems.push(variable(LOG_VARIABLE, message, FILTER_HINT));
            }
            self.log.level = Some(level);
        }
        match env(LOG_FORMAT_VARIABLE).as_deref() {
            None => {}
            Some("human") => self.log.format = Some(LogFormat::Human),
            Some("json") => self.log.format = Some(LogFormat::Json),
            Some(other) => {
                let message = format!("the log format cannot be `{other}`");
                problems.push(variable(LOG_FORMAT_VARIABLE, message, "one of `human` and `json`"));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

/// The configuration of raci-bot.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "Configuration of raci-bot")]
struct ConfigFile {
    /// The directory of matrices that replaces the built-in ones, relative to this file.
    #[schemars(length(min = 1, max = 4_000))]
    data: Option<String>,
    /// The ids of the Discord servers to register commands in and to answer; all servers, and
    /// direct messages, when empty.
    #[schemars(length(max = 1_000))]
    guilds: At<Vec<u64>>,
    /// Whether people may install the bot for themselves, and use it where no server has it.
    user_installs: bool,
    /// Who sees an answer where no channel says otherwise.
    visibility: Option<Visibility>,
    /// The service that is meant when nobody names one, by id, name or alias.
    #[schemars(length(min = 1, max = MAX_LINE))]
    service: Option<String>,
    /// Rules per channel; the first that matches and says something about a matter decides it.
    #[schemars(length(max = 1_000))]
    channels: Option<Vec<ChannelFile>>,
    /// What we call the parties of the matrices, and how to reach them.
    #[schemars(length(max = 1_000))]
    parties: Vec<PartyFile>,
    /// How `raci-bot check` judges matrices.
    checks: ChecksFile,
    /// Services that not everybody may see.
    #[schemars(length(max = MAX_LIMITS))]
    access: Vec<At<LimitFile>>,
    /// Who may use `/raci-admin`; nobody when empty.
    operators: OperatorsFile,
    /// The directory of what outlasts a restart, relative to this file.
    #[schemars(length(min = 1, max = 4_000))]
    state: Option<String>,
    /// What becomes of questions that found nothing.
    unanswered: UnansweredFile,
    /// Where health and metrics are told: an IP address and a port, or `off`.
    #[schemars(schema_with = "plain")]
    http: Option<At<String>>,
    /// How to log.
    log: LogFile,
}

/// How to log.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Log")]
struct LogFile {
    /// The form of log lines; by default `human` on a terminal and `json` elsewhere.
    format: Option<LogFormat>,
    /// The least severe lines that are logged, for all or by module: `info`, `raci_bot=debug`.
    #[schemars(length(min = 1, max = 1_000))]
    level: Option<At<String>>,
}

impl ConfigFile {
    fn check(&self, source: &mut Source<'_>) {
        let mut parties = HashSet::new();
        for PartyFile { party, .. } in &self.parties {
            if !parties.insert(party.to_lowercase()) && !party.is_empty() {
                let message = format!("`{}` is here twice", party.value);
                source.error("duplicate-party", party.mark, message).hint("keep one of them");
            }
        }
        if self.user_installs && !self.guilds.is_empty() {
            let message = "what people install for themselves knows no list of servers";
            source
                .error("user-installs", self.guilds.mark, message)
                .hint("leave `guilds` empty, or `user_installs` off");
        }
        for limit in &self.access {
            LimitFile::check(limit, source);
        }
        if let Some(level) = &self.log.level
            && let Err(message) = is_filter(level)
        {
            source.error("log-level", level.mark, message).hint(FILTER_HINT);
        }
        if let Some(address) = &self.http
            && let Err(message) = http(address)
        {
            source.error("http", address.mark, message).hint(HTTP_HINT);
        }
    }

    fn config(self, directory: &Path) -> Config {
        let mut settings = Settings {
            public: self.visibility == Some(Visibility::Public),
            default_service: self.service,
            parties: self.parties.into_iter().map(PartyFile::settings).collect(),
            access: Access {
                guilds: ids(&self.guilds),
                user_installs: self.user_installs,
                limits: self.access.into_iter().map(|limit| limit.value.limit()).collect(),
                operators: self.operators.operators(),
            },
            ..Config::default().settings
        };
        if let Some(channels) = self.channels {
            settings.channels = channels.into_iter().map(ChannelFile::rule).collect();
        }
        Config {
            data: self.data.map(|data| directory.join(data)),
            state: self.state.map(|state| directory.join(state)),
            unanswered: self.unanswered.unanswered(),
            guilds: self.guilds.value,
            settings,
            checks: self.checks.checks(),
            http: match self.http {
                Some(address) => http(&address).unwrap_or_default(),
                None => Config::default().http,
            },
            log: Log { format: self.log.format, level: self.log.level.map(|level| level.value) },
            warnings: Vec::new(),
            named: Vec::new(),
        }
    }
}

/// Who names the configuration file.
const FILE_HINT: &str = "`--config` or `RACI_BOT_CONFIG` names the configuration file";
const FILTER_HINT: &str =
    "one of `error`, `warn`, `info`, `debug` and `trace`, or `raci_bot=debug`";
const HTTP_HINT: &str = "an IP address and a port such as `127.0.0.1:9464`, or `off`";

/// Where to listen, if anywhere.
fn http(text: &str) -> Result<Option<SocketAddr>, String> {
    match text.trim() {
        "off" => Ok(None),
        text => text.parse().map(Some).map_err(|_| format!("`{text}` is no address to listen at")),
    }
}

fn is_filter(level: &str) -> Result<(), String> {
    match level.parse::<Targets>() {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("`{level}` is no log level")),
    }
}

/// What other readers of YAML would take for something else may stand without quotes: `off`.
fn plain(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "number"], "minLength": 1, "maxLength": MAX_LINE })
}

fn variable(name: &str, message: String, hint: &str) -> Problem {
    Problem {
        place: Place { file: PathBuf::from(format!("${name}")), line: 0, column: 0 },
        severity: Severity::Error,
        rule: "environment",
        message,
        hint: Some(hint.to_owned()),
        excerpt: None,
    }
}
