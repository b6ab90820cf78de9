//! The few REST calls that the bot makes, each within a deadline.
//!
//! Errors never carry an address: an interaction's token is part of it.

mod callback;
mod error;
mod multipart;
mod original;

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response, Url, header, redirect};
use serde_json::Value;
use tokio::time::timeout;

use super::resolve::Resolver;
use super::token::Token;
use crate::metrics::Metrics;
pub use callback::Told;
pub use error::Error;
pub use multipart::Attachment;

/// Where Discord's API is, unless the environment says otherwise.
const HOME: &str = "https://discord.com";
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a request may take that nobody waits for.
const PATIENT: Duration = Duration::from_secs(10);
/// How long the end of an answer may take whose beginning said all.
const END: Duration = Duration::from_millis(200);
/// The longest answer that is read.
const MAX_ANSWER: usize = 8 * 1024 * 1024;

/// How long a connection is kept for the next question; servers keep theirs for minutes.
const KEPT: Duration = Duration::from_mins(5);
/// How many are kept: a room that asks all at once should not make them anew for each question.
const KEPT_AT_ONCE: usize = 32;

/// Discord's REST API.
pub struct Api {
    root: Url,
    elsewhere: bool,
    resolver: Resolver,
    token: Token,
    client: Client,
    /// Without kept connections: for second tries, since all kept ones may be dead alike.
    fresh: Client,
    metrics: Arc<Metrics>,
}

/// Where the gateway is, and how many sessions may begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayInfo {
    /// The gateway's address.
    pub url: String,
    /// What is left of the day's sessions; `None` where it cannot be read.
    pub session_start_limit: Option<SessionStartLimit>,
}

/// What is left of the day's sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionStartLimit {
    /// How many are left.
    pub remaining: u32,
    /// How long until there are more.
    pub reset_after: Duration,
    /// How many may begin in five seconds.
    pub max_concurrency: u32,
}

impl GatewayInfo {
    /// What Discord says in answer to `GET /gateway/bot`.
    fn read(answer: &Value) -> Option<Self> {
        let url = answer.get("url")?.as_str()?.to_owned();
        let limit = |limit: &Value| {
            let number = |key: &str| limit.get(key).and_then(Value::as_f64);
            #[expect(clippy::cast_sign_loss, reason = "it was just bounded")]
            let whole = |number: f64| number.clamp(0.0, f64::from(u32::MAX)) as u32;
            Some(SessionStartLimit {
                remaining: whole(number("remaining")?),
                reset_after: Duration::try_from_secs_f64(number("reset_after")? / 1000.0).ok()?,
                max_concurrency: number("max_concurrency").map_or(1, whole),
            })
        };
        Some(Self { url, session_start_limit: answer.get("session_start_limit").and_then(limit) })
    }
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
        let resolver = Resolver::default();
        let client = |kept| {
            let builder = Client::builder()
                .user_agent(concat!(
                    "DiscordBot (https://github.com/raci-bot/raci-bot, ",
                    env!("CARGO_PKG_VERSION"),
                    ")"
                ))
                .connect_timeout(CONNECT)
                .redirect(redirect::Policy::none())
                .dns_resolver(Arc::new(resolver.clone()))
                .pool_max_idle_per_host(kept)
                .pool_idle_timeout(KEPT)
                .tcp_nodelay(true);
            let builder = if elsewhere { builder.no_proxy() } else { builder };
            builder.build().map_err(|error| error.without_url().to_string())
        };
        let (client, fresh) = (client(KEPT_AT_ONCE)?, client(0)?);
        Ok(Self { root, elsewhere, resolver, token, client, fresh, metrics })
    }

    /// Whether we were sent elsewhere than to Discord: only there may the gateway be a plain `ws`
    /// address.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        self.elsewhere
    }

    /// The host that we were sent to.
    #[must_use]
    pub fn host(&self) -> &str {
        self.root.host_str().unwrap_or_default().trim_matches(['[', ']'])
    }

    /// What looks names up, and remembers what it found.
    pub(super) fn resolver(&self) -> &Resolver {
        &self.resolver
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
        GatewayInfo::read(&read(request).await?)
            .ok_or_else(|| Error::Lost("the gateway's address could not be read".to_owned()))
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
    read_answer(request.send().await.map_err(Error::lost)?).await
}

/// Sends a request of whose success nothing but the success is of interest.
async fn tell(request: RequestBuilder) -> Result<(), Error> {
    let response = request.send().await.map_err(Error::lost)?;
    if !response.status().is_success() {
        return read_answer(response).await.map(drop);
    }
    // Read to its end, so that its connection can be used again; but nobody waits for that.
    let _ = timeout(END, read_answer(response)).await;
    Ok(())
}

async fn read_answer(mut response: Response) -> Result<Value, Error> {
    let status = response.status().as_u16();
    let headers = response.headers();
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (retry_after, date) = (text(header::RETRY_AFTER), text(header::DATE));
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
    Err(Error::of(status, retry_after.as_deref(), &body, error::now(date.as_deref())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
        assert!(api.is_elsewhere());
        assert_eq!(api.host(), "127.0.0.1");
    }

    #[test]
    fn what_is_left_of_the_days_sessions_is_read_as_far_as_it_can_be() {
        let read = |limit: Value| {
            let answer = json!({ "url": "wss://x", "session_start_limit": limit });
            GatewayInfo::read(&answer).map(|found| found.session_start_limit)
        };
        let limit = |remaining, millis, max_concurrency| {
            let reset_after = Duration::from_millis(millis);
            Some(Some(SessionStartLimit { remaining, reset_after, max_concurrency }))
        };
        let all =
            json!({ "total": 1000, "remaining": 9, "reset_after": 1500, "max_concurrency": 2 });
        assert_eq!(read(all), limit(9, 1500, 2));
        assert_eq!(read(json!({ "remaining": -1, "reset_after": 2.5e3 })), limit(0, 2500, 1));
        let strange =
            [json!({ "remaining": 1, "reset_after": -1 }), json!({}), json!("x"), json!(null)];
        for limit in strange.into_iter().chain([json!({ "remaining": 1, "reset_after": 1e300 })]) {
            assert_eq!(read(limit), Some(None));
        }
        assert_eq!(GatewayInfo::read(&json!({ "url": 5 })), None);
    }

    #[test]
    fn discord_itself_is_spoken_to_by_default_and_never_in_plain() {
        let api = api(None).expect("an API");
        assert_eq!(
            api.url(&["gateway", "bot"]).as_str(),
            "https://discord.com/api/v10/gateway/bot"
        );
        assert!(!api.is_elsewhere());
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
