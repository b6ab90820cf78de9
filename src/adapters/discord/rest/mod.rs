//! The few REST calls that the bot makes, each within a deadline.
//!
//! Errors never carry an address: an interaction's token is part of it.

mod callback;
mod error;
mod original;

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Url, header, redirect};
use serde::Deserialize;
use serde_json::Value;

use super::token::Token;
use crate::metrics::Metrics;
pub use callback::Told;
pub use error::Error;

/// Where Discord's API is, unless the environment says otherwise.
const HOME: &str = "https://discord.com";
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a request may take that nobody waits for.
const PATIENT: Duration = Duration::from_secs(10);
/// The longest answer that is read.
const MAX_ANSWER: usize = 8 * 1024 * 1024;

/// Discord's REST API.
pub struct Api {
    root: Url,
    elsewhere: bool,
    token: Token,
    client: Client,
    /// Without kept connections: for second tries, since all kept ones may be dead alike.
    fresh: Client,
    metrics: Arc<Metrics>,
}

/// Where the gateway is, and how many sessions may begin.
#[derive(Clone, Debug, Deserialize)]
pub struct GatewayInfo {
    /// The gateway's address.
    pub url: String,
    /// What is left of the day's sessions.
    #[serde(default)]
    pub session_start_limit: Option<SessionStartLimit>,
}

/// What is left of the day's sessions.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct SessionStartLimit {
    /// How many are left.
    pub remaining: u32,
    /// Milliseconds until there are more.
    pub reset_after: u64,
    /// How many may begin in five seconds.
    #[serde(default = "one")]
    pub max_concurrency: u32,
}

fn one() -> u32 {
    1
}

impl Api {
    /// The API at `base` (scheme, host and port, from `DISCORD_API_URL`), or Discord's own. With
    /// a base of one's own nothing else is ever talked to: no proxy, no redirect.
    ///
    /// # Errors
    ///
    /// In words, when the base is no `http` or `https` address.
    pub fn new(base: Option<&str>, token: Token, metrics: Arc<Metrics>) -> Result<Self, String> {
        let root = root(base.unwrap_or(HOME))?;
        let elsewhere = base.is_some();
        let client = |kept| {
            let builder = Client::builder()
                .user_agent(concat!(
                    "DiscordBot (https://github.com/raci-bot/raci-bot, ",
                    env!("CARGO_PKG_VERSION"),
                    ")"
                ))
                .connect_timeout(CONNECT)
                .redirect(redirect::Policy::none())
                .pool_max_idle_per_host(kept)
                .tcp_nodelay(true);
            let builder = if elsewhere { builder.no_proxy() } else { builder };
            builder.build().map_err(|error| error.without_url().to_string())
        };
        Ok(Self { root, elsewhere, token, client: client(8)?, fresh: client(0)?, metrics })
    }

    /// Whether the gateway may be a plain `ws` address: only where we were sent elsewhere.
    #[must_use]
    pub fn plain_allowed(&self) -> bool {
        self.elsewhere
    }

    /// What is counted.
    #[must_use]
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// The token, which the gateway wants as well.
    pub(super) fn token(&self) -> &Token {
        &self.token
    }

    /// Where the gateway is; waits at most `limit`.
    ///
    /// # Errors
    ///
    /// When Discord does not say.
    pub async fn gateway(&self, limit: Duration) -> Result<GatewayInfo, Error> {
        let request = self.call(Method::GET, &["gateway", "bot"], None).timeout(limit);
        serde_json::from_value(read(request).await?)
            .map_err(|_| Error::Lost("the gateway's address could not be read".to_owned()))
    }

    /// The id of the application that the token belongs to.
    ///
    /// # Errors
    ///
    /// When Discord does not say.
    pub async fn application(&self) -> Result<u64, Error> {
        let request = self.call(Method::GET, &["applications", "@me"], None).timeout(PATIENT);
        let answer = read(request).await?;
        let id = answer.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        id.ok_or_else(|| Error::Lost("the application's id could not be read".to_owned()))
    }

    /// The commands of an application: those of a server, or the global ones.
    ///
    /// # Errors
    ///
    /// When Discord does not say.
    pub async fn commands(
        &self,
        application: u64,
        guild: Option<u64>,
    ) -> Result<Vec<Value>, Error> {
        let path = commands_path(application, guild, None);
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let mut url = self.url(&path);
        // Without it the descriptions in other languages are left out, and all would seem changed.
        url.set_query(Some("with_localizations=true"));
        let request = self.client.get(url).header(header::AUTHORIZATION, self.authorization());
        match read(request.timeout(PATIENT)).await? {
            Value::Array(commands) => Ok(commands),
            _ => Err(Error::Lost("the commands could not be read".to_owned())),
        }
    }

    /// Creates a command, or replaces or removes the one of this id.
    ///
    /// # Errors
    ///
    /// When Discord does not do it.
    pub async fn change_command(
        &self,
        application: u64,
        guild: Option<u64>,
        change: &Change,
    ) -> Result<(), Error> {
        let (method, id, body) = match change {
            Change::Create(body) => (Method::POST, None, Some(body)),
            Change::Update(id, body) => (Method::PATCH, Some(id), Some(body)),
            Change::Delete(id) => (Method::DELETE, Some(id), None),
        };
        let path = commands_path(application, guild, id.map(String::as_str));
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        read(self.call(method, &path, body).timeout(PATIENT)).await.map(drop)
    }

    fn call(&self, method: Method, path: &[&str], body: Option<&Value>) -> RequestBuilder {
        let request = self
            .client
            .request(method, self.url(path))
            .header(header::AUTHORIZATION, self.authorization());
        match body {
            Some(body) => request.json(body),
            None => request,
        }
    }

    fn authorization(&self) -> header::HeaderValue {
        let text = format!("Bot {}", self.token.reveal());
        let mut value = header::HeaderValue::from_str(&text)
            .unwrap_or_else(|_| header::HeaderValue::from_static("Bot"));
        value.set_sensitive(true);
        value
    }

    /// The address of a route; each part is escaped.
    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.root.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.extend(["api", "v10"]).extend(path);
        }
        url
    }
}

/// What to do to a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Create this one.
    Create(Value),
    /// Replace the one of this id.
    Update(String, Value),
    /// Remove the one of this id.
    Delete(String),
}

fn commands_path(application: u64, guild: Option<u64>, id: Option<&str>) -> Vec<String> {
    let mut path = vec!["applications".to_owned(), application.to_string()];
    if let Some(guild) = guild {
        path.extend(["guilds".to_owned(), guild.to_string()]);
    }
    path.push("commands".to_owned());
    path.extend(id.map(str::to_owned));
    path
}

fn root(base: &str) -> Result<Url, String> {
    let url = Url::parse(base.trim()).map_err(|error| format!("`{base}`: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(format!("`{base}` is not an `http` or `https` address"));
    }
    if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
        return Err(format!("`{base}` has more than scheme, host and port"));
    }
    Ok(url)
}

/// Sends a request and reads its answer; an answer without a body is `null`.
async fn read(request: RequestBuilder) -> Result<Value, Error> {
    let mut response = request.send().await.map_err(Error::lost)?;
    let status = response.status().as_u16();
    let retry_after = response.headers().get(header::RETRY_AFTER).cloned();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Error::lost)? {
        if body.len() + chunk.len() > MAX_ANSWER {
            return Err(Error::Lost("the answer is too long".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    if (200..300).contains(&status) {
        return Ok(serde_json::from_slice(&body).unwrap_or(Value::Null));
    }
    let retry_after = retry_after.as_ref().and_then(|value| value.to_str().ok());
    Err(Error::of(status, retry_after, &body, time::OffsetDateTime::now_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(base: Option<&str>) -> Result<Api, String> {
        Api::new(base, Token::new("t").expect("a token"), Arc::default())
    }

    #[test]
    fn routes_stand_under_version_ten_and_escape_their_parts() {
        let api = api(Some("http://127.0.0.1:8080")).expect("an API");
        let url = api.url(&["interactions", "1", "a/b?c#d", "callback"]);
        assert_eq!(
            url.as_str(),
            "http://127.0.0.1:8080/api/v10/interactions/1/a%2Fb%3Fc%23d/callback"
        );
        assert!(api.plain_allowed());
    }

    #[test]
    fn discord_itself_is_spoken_to_by_default_and_never_in_plain() {
        let api = api(None).expect("an API");
        assert_eq!(
            api.url(&["gateway", "bot"]).as_str(),
            "https://discord.com/api/v10/gateway/bot"
        );
        assert!(!api.plain_allowed());
    }

    #[test]
    fn what_is_no_base_address_is_refused() {
        for base in
            ["", "discord.com", "ftp://x", "http://", "http://x/api", "http://x?y", "http://u:p@x"]
        {
            assert!(api(Some(base)).is_err(), "{base}");
        }
        assert!(api(Some("http://[::1]:9/")).is_ok());
    }

    #[test]
    fn commands_are_global_or_a_servers() {
        assert_eq!(commands_path(1, None, None).join("/"), "applications/1/commands");
        assert_eq!(
            commands_path(1, Some(2), Some("3")).join("/"),
            "applications/1/guilds/2/commands/3"
        );
    }
}
