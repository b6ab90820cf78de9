//! The built binary as a child process: started, signalled, watched, and ended when dropped.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use super::rest::Route;
use super::{Standin, TOKEN};

/// By how much the clock is stretched for a build for debugging, of which several share the machine
/// with the other tests. What is promised is asserted of an optimized one.
pub(crate) const LENIENCE: u32 = if cfg!(debug_assertions) { 3 } else { 1 };
/// How long the daemon may take to be ready, or to refuse: a build without optimization reads its
/// data slowly on a busy machine.
pub(crate) const START: Duration = Duration::from_mins(1);
/// Linux counts a process's time in hundredths of a second, whatever the kernel's own tick.
const TICKS_PER_SECOND: f64 = 100.0;

/// How to start a daemon: nothing is inherited but what is said here.
pub(crate) struct Launch {
    home: TempDir,
    command: Command,
}

impl Launch {
    /// `raci-bot serve` in an empty directory, with an empty environment.
    pub(crate) fn bare() -> Self {
        let mut launch = Self::of(env!("CARGO_BIN_EXE_raci-bot"));
        launch.command.arg("serve").env("RACI_BOT_HTTP", "127.0.0.1:0");
        launch
    }

    /// Another program in an empty directory, with an empty environment.
    pub(crate) fn of(program: &str) -> Self {
        let home = TempDir::new().expect("a temporary directory");
        let mut command = Command::new(program);
        command.env_clear().env("HOME", home.path()).current_dir(home.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.kill_on_drop(true);
        Self { home, command }
    }

    /// With its log in this file, instead of where [`Daemon::log`] finds it.
    pub(crate) fn logs_to(mut self, file: impl Into<Stdio>) -> Self {
        self.command.stderr(file);
        self
    }

    /// A path in the daemon's directory.
    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.home.path().join(name)
    }

    /// The same with a token, talking to a stand-in.
    pub(crate) fn at(discord: &Standin) -> Self {
        Self::bare().talking_to(discord)
    }

    /// With a token, talking to a stand-in.
    pub(crate) fn talking_to(self, discord: &Standin) -> Self {
        self.env("DISCORD_TOKEN", TOKEN).env("DISCORD_API_URL", &discord.url())
    }

    pub(crate) fn env(mut self, key: &str, value: &str) -> Self {
        self.command.env(key, value);
        self
    }

    pub(crate) fn without(mut self, key: &str) -> Self {
        self.command.env_remove(key);
        self
    }

    /// With a configuration file of this text.
    pub(crate) fn configured(self, text: &str) -> Self {
        let path = self.file("raci-bot.yaml", text);
        self.env("RACI_BOT_CONFIG", &path)
    }

    /// With a file in the place of standard error.
    pub(crate) fn logging_to(mut self, path: &str) -> Self {
        let file = std::fs::File::options().write(true).open(path).expect("a file");
        self.command.stderr(file);
        self
    }

    /// Writes a file into the daemon's directory, and gives its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a directory"))
            .expect("a directory of our own");
        std::fs::write(&path, text).expect("a directory of our own");
        path.to_str().expect("a plain path").to_owned()
    }

    pub(crate) fn starts(mut self) -> Daemon {
        let mut child = self.command.spawn().expect("the binary was built");
        let log = Arc::new(Mutex::new(String::new()));
        listen(child.stdout.take().expect("piped"), &log);
        if let Some(stderr) = child.stderr.take() {
            listen(stderr, &log);
        }
        Daemon { child, log, _home: self.home }
    }
}

/// A running daemon.
pub(crate) struct Daemon {
    child: Child,
    log: Arc<Mutex<String>>,
    _home: TempDir,
}

impl Daemon {
    /// Starts a daemon, and waits until it is connected and has registered its commands.
    pub(crate) async fn serve(discord: &Standin) -> Self {
        Self::ready(Launch::at(discord), discord).await
    }

    /// The same with a configuration.
    pub(crate) async fn configured(discord: &Standin, text: &str) -> Self {
        Self::ready(Launch::at(discord).configured(text), discord).await
    }

    /// The same for any launch.
    pub(crate) async fn ready(launch: Launch, discord: &Standin) -> Self {
        let (requests, sessions) =
            discord.shared.read(|state| (state.requests.len(), state.gateway.history.ready.len()));
        let mut daemon = launch.starts();
        let ready = discord.shared.until(START, |state| {
            let is_last = |command: &serde_json::Value| command["name"] == "Who is responsible?";
            let is_registered = state.commands.values().flatten().any(is_last);
            let mut new = state.requests.iter().skip(requests);
            let is_compared = new.any(|request| request.route == Route::Commands);
            let is_connected = state.gateway.history.ready.len() > sessions;
            (is_registered && is_compared && is_connected).then_some(())
        });
        let ended = tokio::select! {
            ready = ready => ready.is_none().then_some("is not ready".to_owned()),
            status = daemon.child.wait() => Some(format!("ended with {status:?}")),
        };
        if let Some(what) = ended {
            panic!("the daemon {what}:\n{}\n{:?}", daemon.log(), discord.takes_complaints());
        }
        daemon
    }

    /// Everything that it has written so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().expect("no panic while held").clone()
    }

    /// Waits until this stands in what it has written.
    pub(crate) async fn says(&self, part: &str) {
        let spoken = async {
            while !self.log().contains(part) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let is_said = tokio::time::timeout(START, spoken).await.is_ok();
        assert!(is_said, "`{part}` is missing in:\n{}", self.log());
    }

    /// Where it tells health and metrics, as soon as its log says so.
    pub(crate) async fn http(&self) -> SocketAddr {
        self.says("/livez, /readyz and /metrics").await;
        let log = self.log();
        let line = log.lines().find(|line| line.contains("/livez, /readyz and /metrics"));
        let line: Value = serde_json::from_str(line.expect("a line")).expect("a line of JSON");
        line["address"].as_str().and_then(|text| text.parse().ok()).expect("an address")
    }

    /// The status and the body of a page of it.
    pub(crate) async fn page(&self, path: &str) -> (u16, String) {
        let head = format!("GET {path} HTTP/1.1\r\nHost: here\r\n\r\n");
        let answer = sent(self.http().await, head.as_bytes()).await;
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.expect("a status"), body.to_owned())
    }

    /// Sends a signal by its name, without `SIG`.
    pub(crate) async fn signal(&self, name: &str) {
        let pid = self.child.id().expect("still running").to_string();
        let status = Command::new("kill").args(["-s", name, &pid]).status().await;
        assert!(status.is_ok_and(|status| status.success()), "`kill -s {name} {pid}` failed");
    }

    /// Its exit status, which must come within this time.
    #[track_caller]
    pub(crate) fn exits(&mut self, within: Duration) -> impl Future<Output = ExitStatus> {
        let place = std::panic::Location::caller();
        async move {
            let Ok(status) = tokio::time::timeout(within, self.child.wait()).await else {
                panic!("still running after {within:?} at {place}:\n{}", self.log())
            };
            // The last lines may still be on their way through the pipe.
            tokio::time::sleep(Duration::from_millis(50)).await;
            status.expect("a child of ours")
        }
    }

    /// Asks it to stop, and asserts that it does as it should.
    pub(crate) async fn stops(&mut self) {
        self.signal("TERM").await;
        let status = self.exits(Duration::from_secs(3) * LENIENCE).await;
        assert_eq!(status.code(), Some(0), "{}", self.log());
    }

    /// The CPU time that it has used, in seconds.
    pub(crate) fn cpu(&self) -> f64 {
        let ticks = self.stat(|stat| {
            // The name in parentheses may hold blanks: the numbers start after it.
            let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
            Some(fields.get(11)?.parse::<u32>().ok()? + fields.get(12)?.parse::<u32>().ok()?)
        });
        f64::from(ticks) / TICKS_PER_SECOND
    }

    fn stat(&self, read: impl Fn(&str) -> Option<u32>) -> u32 {
        let pid = self.child.id().expect("still running");
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("Linux");
        read(&stat).expect("as in proc(5)")
    }

    /// The memory that it has in use, in KiB.
    pub(crate) fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// How many threads it runs.
    pub(crate) fn threads(&self) -> u64 {
        self.status("Threads:")
    }

    fn status(&self, key: &str) -> u64 {
        let pid = self.child.id().expect("still running");
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix(key)).expect("as in proc(5)");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// Whether it still runs.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let log = self.log();
        if std::thread::panicking() {
            eprintln!("the daemon's log:\n{log}");
        } else {
            assert!(!log.contains(TOKEN), "the token stands in the log:\n{log}");
            assert!(!log.contains("interaction-token-"), "a token stands in the log:\n{log}");
        }
    }
}

/// What is answered to bytes on a connection of their own, up to its end.
pub(crate) async fn sent(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    // Whoever refuses the bytes may close before all are sent.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).expect("text")
}

fn listen(stream: impl AsyncRead + Unpin + Send + 'static, log: &Arc<Mutex<String>>) {
    let log = Arc::clone(log);
    tokio::spawn(async move {
        let mut lines = BufReader::new(stream).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let _ = writeln!(log.lock().expect("no panic while held"), "{line}");
        }
    });
}
