//! The door for those who look after the daemon: `/livez`, `/readyz`, `/metrics`.
//!
//! It reads nothing but a request's head, changes nothing, and is bounded in time, size and number.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};
use tracing::{debug, error, info};

use super::health::Health;
use crate::metrics::MEDIA_TYPE;

/// The most connections at once; more wait in the system's queue.
const MAX_CONNECTIONS: usize = 32;
/// The longest head of a request, in bytes; the least that hyper takes.
const MAX_HEAD: usize = 8_192;
/// How long a head may take, so that slow ones do not keep others out.
const HEAD: Duration = Duration::from_secs(2);
/// How long a request and its answer may take.
const REQUEST: Duration = Duration::from_secs(10);
/// The pause after an address could not be had, and after a connection could not be taken.
const AGAIN: Duration = Duration::from_secs(15);
const BREATH: Duration = Duration::from_millis(100);

const TEXT: &str = "text/plain; charset=utf-8";
const INDEX: &str = "raci-bot\n/livez\n/readyz\n/metrics\n";

/// Answers at this address until dropped. When the address cannot be had it says so and tries
/// again: answering questions matters more than being watched.
pub(super) async fn serve(address: SocketAddr, health: Arc<Health>) {
    let mut told = None;
    let listener = loop {
        match TcpListener::bind(address).await {
            Ok(listener) => break listener,
            Err(error) if told == Some(error.kind()) => {}
            Err(error) => {
                told = Some(error.kind());
                error!(%address, %error, "no health and metrics until the address can be had; hint: `http` in the configuration or `RACI_BOT_HTTP` names another, or `off`");
            }
        }
        sleep(AGAIN).await;
    };
    let address = listener.local_addr().unwrap_or(address);
    info!(%address, "health and metrics at /livez, /readyz and /metrics");
    accept(&listener, &health).await;
}

async fn accept(listener: &TcpListener, health: &Arc<Health>) {
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let health = Arc::clone(health);
                tokio::spawn(async move {
                    let _place = place;
                    if timeout(REQUEST, converse(stream, health)).await.is_err() {
                        debug!("a request for health or metrics took too long");
                    }
                });
            }
            // Most are the other side's; when there are no file descriptors left, waiting helps.
            Err(error) => {
                debug!(%error, "a connection could not be taken");
                sleep(BREATH).await;
            }
        }
    }
}

/// One request and its answer.
async fn converse(stream: TcpStream, health: Arc<Health>) {
    let service = service_fn(move |request| {
        let health = Arc::clone(&health);
        async move { Ok::<_, Infallible>(answer(&request, health).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(MAX_HEAD)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = pin!(connection).await {
        debug!(%error, "a request for health or metrics could not be answered");
    }
}

async fn answer(request: &Request<Incoming>, health: Arc<Health>) -> Response<Full<Bytes>> {
    let (status, kind, body) = match request.uri().path() {
        path if !is_page(path) => (StatusCode::NOT_FOUND, TEXT, "no such page\n".to_owned()),
        _ if !matches!(*request.method(), Method::GET | Method::HEAD) => {
            (StatusCode::METHOD_NOT_ALLOWED, TEXT, "only GET and HEAD\n".to_owned())
        }
        "/livez" => (StatusCode::OK, TEXT, "alive\n".to_owned()),
        "/readyz" => {
            let report = health.report();
            let status =
                if report.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
            (status, TEXT, report.text)
        }
        "/metrics" => match figures(health).await {
            Ok(text) => (StatusCode::OK, MEDIA_TYPE, text),
            Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, TEXT, format!("{error}\n")),
        },
        _ => (StatusCode::OK, TEXT, INDEX.to_owned()),
    };
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

fn is_page(path: &str) -> bool {
    matches!(path, "/" | "/livez" | "/readyz" | "/metrics")
}

/// Beside the questions: with thousands of services the text takes milliseconds.
async fn figures(health: Arc<Health>) -> io::Result<String> {
    Ok(spawn_blocking(move || health.metrics()).await?)
}
