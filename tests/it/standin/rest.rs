//! Discord's REST: requests in, answers or troubles out.

use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use time::OffsetDateTime;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::TOKEN;
use super::multipart;
use super::routes;
use super::state::{self, Shared};

const PREFIX: &str = "/api/v10";
/// Larger than any body of ours, smaller than what would fill the memory.
const LARGEST_BODY: usize = 1 << 20;

/// What a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Route {
    GatewayBot,
    Application,
    Commands,
    Callback,
    Followup,
    Unknown,
}

/// What goes wrong with a request.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// Answered with this status, in the words of whatever stands in front of Discord.
    Status(u16),
    /// Answered 429.
    Limited { after: After, global: bool },
    /// The connection is reset before anything was done.
    Reset,
    /// Nothing is done, nothing is answered.
    Hang,
    /// The answer comes one byte at a time, this far apart.
    Trickle(Duration),
    /// The request is obeyed, and its answer goes wrong.
    Heard(Box<Trouble>),
    /// These bytes are all that comes as answer, and then the connection is closed.
    Raw(&'static str),
    /// These bytes are all that comes as answer, and the connection stays open.
    RawOpen(&'static str),
}

/// How a 429 says how long to wait.
#[derive(Clone, Copy, Debug)]
pub(crate) enum After {
    /// In seconds, fractions in the body.
    Seconds(f64),
    /// As the date until which to wait, from so many seconds hence.
    Date(u64),
    /// Not at all.
    Unsaid,
}

/// Status and body of an answer.
pub(crate) type Answer = (u16, Value);

type Reply = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// Serves one connection.
pub(crate) async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let orders = Arc::new(Orders::default());
    let wire = TokioIo::new(Wire { stream, orders: Arc::clone(&orders) });
    let service = service_fn(move |request| {
        let (shared, orders) = (Arc::clone(&shared), Arc::clone(&orders));
        async move { answer(request, &shared, &orders).await }
    });
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(wire, service).await;
}

async fn answer(request: Request<Incoming>, shared: &Shared, orders: &Orders) -> io::Result<Reply> {
    let path = request.uri().path().strip_prefix(PREFIX).unwrap_or_default().to_owned();
    let route = routes::route_of(&path);
    let method = request.method().as_str().to_owned();
    let trouble = shared.change(|state| {
        state.requests.push(state::Request { route, method });
        let next = state.troubles.get_mut(&route).and_then(std::collections::VecDeque::pop_front);
        next.or_else(|| state.always.get(&route).cloned())
    });
    match trouble {
        None => Ok(plain(&obey(request, &path, shared).await)),
        Some(Trouble::Heard(trouble)) => {
            let proper = obey(request, &path, shared).await;
            go_wrong(&trouble, proper, orders).await
        }
        Some(trouble @ Trouble::Trickle(_)) => {
            let proper = obey(request, &path, shared).await;
            go_wrong(&trouble, proper, orders).await
        }
        Some(trouble) => go_wrong(&trouble, (200, Value::Null), orders).await,
    }
}

async fn go_wrong(trouble: &Trouble, proper: Answer, orders: &Orders) -> io::Result<Reply> {
    match trouble {
        Trouble::Status(status) => {
            let page = "<html><body>upstream connect error</body></html>";
            let reply = Response::builder().status(*status).header("content-type", "text/html");
            Ok(reply.body(Full::from(page).boxed_unsync()).expect("valid parts"))
        }
        Trouble::Limited { after, global } => Ok(limited(*after, *global)),
        Trouble::Reset => {
            orders.reset.store(true, Ordering::Relaxed);
            Err(io::ErrorKind::ConnectionReset.into())
        }
        Trouble::Hang => pending().await,
        Trouble::Trickle(pause) => Ok(trickle(&proper, *pause)),
        Trouble::Heard(inner) => Box::pin(go_wrong(inner, proper, orders)).await,
        Trouble::Raw(text) => Ok(instead(orders, text, false)),
        Trouble::RawOpen(text) => Ok(instead(orders, text, true)),
    }
}

/// Has the wire say this instead of the answer.
fn instead(orders: &Orders, text: &'static str, stays: bool) -> Reply {
    orders.stays.store(stays, Ordering::Relaxed);
    *orders.instead.lock().expect("no panic while held") = Some(text.as_bytes());
    head(200).header("connection", "close").body(Full::default().boxed_unsync()).expect("valid")
}

fn limited(after: After, global: bool) -> Reply {
    let mut body = json!({"message": "You are being rate limited.", "global": global});
    let mut reply = Response::builder()
        .status(429)
        .header("content-type", "application/json")
        .header("x-ratelimit-scope", if global { "global" } else { "user" });
    if global {
        reply = reply.header("x-ratelimit-global", "true");
    }
    match after {
        After::Seconds(seconds) => {
            body["retry_after"] = json!(seconds);
            reply = reply.header("retry-after", format!("{:.0}", seconds.ceil()));
        }
        After::Date(seconds) => reply = reply.header("retry-after", http_date(seconds)),
        After::Unsaid => {}
    }
    reply.body(Full::from(body.to_string()).boxed_unsync()).expect("valid parts")
}

fn http_date(seconds: u64) -> String {
    let format = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let then = OffsetDateTime::now_utc() + Duration::from_secs(seconds);
    then.format(&format).expect("a date that can be written")
}

fn plain((status, body): &Answer) -> Reply {
    let bytes = if *status == 204 { String::new() } else { body.to_string() };
    head(*status).body(Full::from(bytes).boxed_unsync()).expect("valid parts")
}

fn trickle((status, body): &Answer, pause: Duration) -> Reply {
    let bytes = body.to_string().into_bytes();
    let drops = stream::unfold(bytes.into_iter(), move |mut rest| async move {
        let byte = rest.next()?;
        tokio::time::sleep(pause).await;
        Some((Ok::<_, Infallible>(Frame::data(Bytes::from(vec![byte]))), rest))
    });
    let status = if *status == 204 { 200 } else { *status };
    head(status).body(StreamBody::new(drops).boxed_unsync()).expect("valid parts")
}

fn head(status: u16) -> hyper::http::response::Builder {
    Response::builder().status(status).header("content-type", "application/json")
}

/// Reads the request, and does what it asks if the bot may ask it.
async fn obey(request: Request<Incoming>, path: &str, shared: &Shared) -> Answer {
    let (parts, body) = request.into_parts();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if !header("user-agent").unwrap_or_default().starts_with("DiscordBot (") {
        shared.complain(format!("{path}: the user agent must be `DiscordBot (URL, VERSION)`"));
        return (403, json!({"message": "internal network error", "code": 40333}));
    }
    let needs_token = !matches!(routes::route_of(path), Route::Callback | Route::Followup);
    if needs_token && header("authorization") != Some(&format!("Bot {TOKEN}")) {
        return (401, json!({"message": "401: Unauthorized", "code": 0}));
    }
    let Ok(bytes) = Limited::new(body, LARGEST_BODY).collect().await else {
        return (413, json!({"message": "Request entity too large", "code": 40005}));
    };
    let bytes = bytes.to_bytes();
    let content_type = header("content-type").unwrap_or_default();
    let body = if content_type.starts_with("multipart/form-data") {
        let (body, faults) = multipart::message(content_type, &bytes);
        faults.iter().for_each(|fault| shared.complain(format!("{path}: {fault}")));
        body
    } else {
        if !bytes.is_empty() && content_type != "application/json" {
            shared.complain(format!("{path}: the content type must be application/json"));
        }
        serde_json::from_slice(&bytes).unwrap_or(Value::Null)
    };
    let query = parts.uri.query().unwrap_or_default();
    shared.change(|state| routes::obey(state, parts.method.as_str(), path, query, &body))
}

/// What a wire is told.
#[derive(Default)]
struct Orders {
    /// Reset the connection when it is dropped.
    reset: AtomicBool,
    /// Say what is left of this, and nothing else.
    instead: Mutex<Option<&'static [u8]>>,
    /// Never end the connection.
    stays: AtomicBool,
}

/// A TCP stream that obeys orders.
struct Wire {
    stream: TcpStream,
    orders: Arc<Orders>,
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.orders.reset.load(Ordering::Relaxed) {
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let orders = Arc::clone(&self.orders);
        let mut instead = orders.instead.lock().expect("no panic while held");
        let Some(rest) = instead.as_mut() else {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        };
        while !rest.is_empty() {
            let written = ready!(Pin::new(&mut self.stream).poll_write(context, rest))?;
            *rest = &rest[written..];
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.orders.stays.load(Ordering::Relaxed) {
            return Poll::Pending;
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
