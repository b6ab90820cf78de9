//! The daemon: start, reload, health, stop.

mod health;
mod http;
pub(crate) mod library;
mod log;
mod look;
mod notify;
mod reading;
mod reload;
mod secret;
mod signals;
pub(crate) mod unanswered;
mod wishes;

use std::future::Future;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use time::UtcDateTime;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::adapters::discord;
use crate::adapters::discord::gateway::Fatal;
use crate::adapters::discord::rest::{Api, Error};
use crate::bot::Bot;
use crate::commands::Standing;
use crate::commands::standing::{Changes, Reading};
use crate::config::Config;
use crate::exit::Exit;
use crate::failure::Failure;
use health::Health;
use library::{Unusable, load};
use look::Look;
use reload::Keeper;
use signals::Signals;

pub use reading::Reread;

/// Where Discord is, when it is not where it always is: scheme, host and port. Everything is then
/// sent there, for tests and for proxies.
const API_URL: &str = "DISCORD_API_URL";
/// How long what was noted may take to be written at the end: a service must stop in seconds.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Answers in team chat until told to stop, by a configuration that is read now, and again whenever
/// somebody wants it.
#[must_use]
pub fn serve(reread: &Reread) -> ExitCode {
    start(reread).map_or_else(Failure::report, |()| Exit::Success.into())
}

/// Prints the link that invites the bot to a server. Without an application's id Discord is asked
/// whose the token is.
#[must_use]
pub fn invite(application_id: Option<u64>) -> ExitCode {
    match application_id.map_or_else(own_application, Ok) {
        Ok(id) => match writeln!(io::stdout(), "{}", invite_url(id)) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Output.into(),
            _ => Exit::Success.into(),
        },
        Err(failure) => failure.report(),
    }
}

/// Where the token comes from, without the token.
#[must_use]
pub fn token_place(variable: impl Fn(&str) -> Option<String>) -> String {
    secret::place(variable)
}

/// Where Discord is, and who says so.
#[must_use]
pub fn discord_place(variable: impl Fn(&str) -> Option<String>) -> String {
    match variable(API_URL) {
        None => "its own address".to_owned(),
        // It may hold a password, though it must not.
        Some(url) if url.contains('@') => format!("hidden, from {API_URL}"),
        Some(url) => format!("{}, from {API_URL}", url.trim()),
    }
}

/// The link that invites an application's bot to a server. It asks for no permission: answers to
/// commands need none.
#[must_use]
pub fn invite_url(application_id: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application_id}&scope=bot+applications.commands&permissions=0"
    )
}

/// What the daemon runs on; tests hand it their own.
pub struct Resources {
    /// Discord.
    pub api: Api,
    /// What answers.
    pub bot: Bot,
    /// The configuration that it answers by.
    pub config: Config,
    /// Reads the configuration again.
    pub reread: Reread,
    /// What the directory of its matrices looked like when they were read.
    pub(crate) look: Look,
}

/// Runs until `stop` is cancelled.
///
/// # Errors
///
/// When Discord will never accept the bot as it is.
pub async fn run(resources: Resources, stop: CancellationToken) -> Result<(), Fatal> {
    let Resources { api, bot, config, reread, look } = resources;
    let bot = Arc::new(bot);
    let http = config.http;
    // Whatever runs beside the answering; dropped with the set.
    let mut beside = JoinSet::new();
    let keeper = Keeper::new(Arc::clone(&bot), reread, config, look);
    let offered = keeper.offers();
    if let Some(notes) = bot.notes().receiver() {
        beside.spawn(unanswered::keep(Arc::clone(&bot), keeper.stores(), notes));
    }
    beside.spawn(keeper.keep());
    let health = Arc::new(Health::new(Arc::clone(&bot), Arc::clone(api.metrics())));
    if let Some(address) = http {
        beside.spawn(http::serve(address, Arc::clone(&health)));
    }
    if notify::is_wanted() {
        beside.spawn(notify::keep(health, stop.clone()));
    }
    let result = discord::run(Arc::new(api), Arc::clone(&bot), offered, stop).await;
    let _ = timeout(LAST_WORDS, bot.notes().write()).await;
    result
}

fn start(reread: &Reread) -> Result<(), Failure> {
    let config = reread().map_err(Failure::of_configuration)?;
    log::begin(&config.log)?;
    let api = api()?;
    let result = block_on(async {
        // Before the matrices are read, which takes a while: a signal then ends it properly too.
        let signals = Signals::new().map_err(unfit)?;
        let look = Look::at(config.data.as_deref());
        if let Some(problem) = reading::homeless(&config) {
            return Err(Failure::of_files(Exit::Config, vec![problem]));
        }
        let bot = bot(&config)?;
        greet(&bot, &config);
        let resources = Resources { api, bot, config, reread: Arc::clone(reread), look };
        let stop = CancellationToken::new();
        tokio::spawn(signals.heed(stop.clone()));
        Ok(run(resources, stop).await)
    })?;
    match result {
        Ok(()) => {
            info!("stopped");
            Ok(())
        }
        Err(fatal) => {
            error!(reason = fatal.reason, remedy = fatal.remedy, "giving up");
            Err(fatal.into())
        }
    }
}

fn api() -> Result<Api, Failure> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let token = secret::token(variable)?;
    Api::new(variable(API_URL).as_deref(), token, Arc::default())
        .map_err(|error| Failure::new(Exit::Config, format!("`{API_URL}`: {error}")))
}

/// A bot over the configured matrices, which knows how reading them went.
fn bot(config: &Config) -> Result<Bot, Failure> {
    let began = Instant::now();
    let directory = config.data.as_deref();
    let library = load(directory).map_err(|unusable| match unusable {
        Unusable::Directory(error) => {
            let directory = directory.unwrap_or(Path::new("")).display();
            Failure::new(Exit::NoInput, format!("`{directory}`: {error}"))
                .hint("`--data` names a directory of matrix files")
        }
        Unusable::Files(problems) => Failure::of_files(Exit::Data, problems),
    })?;
    let reading = Reading {
        at: UtcDateTime::now(),
        took: began.elapsed(),
        configuration: true,
        changes: Changes::default(),
        problems: library.warnings.clone(),
    };
    let bot = Bot::new(library, config.settings.clone());
    bot.stand(Standing::first(config.data.clone(), reading));
    Ok(bot)
}

fn greet(bot: &Bot, config: &Config) {
    let library = bot.library();
    let matrices = library.catalog.matrices().len();
    info!(
        version = env!("RACI_BOT_VERSION"),
        matrices,
        activities = library.catalog.len(),
        warnings = library.warnings.len(),
        platform = "discord",
        "starting"
    );
    if matrices == 0 {
        let directory = config.data.as_deref().unwrap_or(Path::new("")).display();
        warn!(%directory, "there is no matrix, so that no question has an answer; hint: put matrix files there, or name another directory with `data`, `RACI_BOT_DATA` or `--data`");
    }
    reload::tell_of_warnings(&config.warnings);
    reload::tell_of_limits(config, &library.catalog);
}

fn own_application() -> Result<u64, Failure> {
    let api = api()?;
    block_on(async { Ok(api.application().await) })?.map_err(|error| match error {
        Error::Unauthorized => Fatal::TOKEN.into(),
        error => Failure::new(Exit::Unavailable, error.to_string()).hint(
            "the application's id stands in Discord's developer portal: `--application-id ID`",
        ),
    })
}

fn block_on<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = runtime().map_err(unfit)?;
    let result = runtime.block_on(future);
    // A name look-up that hangs must not keep the process.
    runtime.shutdown_background();
    result
}

/// One thread: an answer takes microseconds, and the rest is waiting.
fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().max_blocking_threads(4).build()
}

fn unfit(error: io::Error) -> Failure {
    Failure::new(Exit::Unavailable, format!("the system gives no runtime: {error}"))
}

impl From<Fatal> for Failure {
    fn from(fatal: Fatal) -> Self {
        Self::new(fatal.exit, fatal.reason).hint(fatal.remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invitation_asks_for_commands_and_no_permission() {
        assert_eq!(
            invite_url(42),
            "https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions=0"
        );
    }
}
