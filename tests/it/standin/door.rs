//! A listening port that can be closed for a time and opened again.

use std::io;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{AbortHandle, JoinHandle};

/// How long to wait for the listener before to go.
const RETRY: Duration = Duration::from_millis(1);

type Serve = Box<dyn Fn(TcpStream) -> JoinHandle<()> + Send + Sync>;

/// A port on loopback. While it is closed connections are refused, and nobody else gets it.
pub(crate) struct Door {
    address: SocketAddr,
    /// Bound, never listening: keeps the port ours while no one listens.
    _claim: TcpSocket,
    serve: std::sync::Arc<Serve>,
    accepting: Mutex<Option<JoinHandle<()>>>,
    guests: std::sync::Arc<Mutex<Vec<AbortHandle>>>,
}

impl Door {
    /// Opens a free port and serves each connection with a task.
    pub(crate) fn open<F>(serve: impl Fn(TcpStream) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self::open_at(SocketAddr::from(([127, 0, 0, 1], 0)), serve)
    }

    /// The same at an address.
    pub(crate) fn open_at<F>(
        address: SocketAddr,
        serve: impl Fn(TcpStream) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let claim = socket(address).expect("a free port");
        let address = claim.local_addr().expect("a bound socket has an address");
        let serve: Serve = Box::new(move |stream| tokio::spawn(serve(stream)));
        let door = Self {
            address,
            _claim: claim,
            serve: std::sync::Arc::new(serve),
            accepting: Mutex::default(),
            guests: std::sync::Arc::default(),
        };
        door.reopen();
        door
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Stops listening; connections that stand are left alone.
    pub(crate) fn close(&self) {
        if let Some(task) = self.accepting.lock().expect("no panic while held").take() {
            task.abort();
        }
    }

    /// Listens on the same port.
    pub(crate) fn reopen(&self) {
        let (address, serve) = (self.address, std::sync::Arc::clone(&self.serve));
        let guests = std::sync::Arc::clone(&self.guests);
        let at_once = socket(address).and_then(|socket| socket.listen(1024)).ok();
        let task = tokio::spawn(async move {
            let listener = match at_once {
                Some(listener) => listener,
                None => listen(address).await,
            };
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let mut guests = guests.lock().expect("no panic while held");
                guests.retain(|guest| !guest.is_finished());
                guests.push(serve(stream).abort_handle());
            }
        });
        *self.accepting.lock().expect("no panic while held") = Some(task);
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.close();
        for guest in self.guests.lock().expect("no panic while held").drain(..) {
            guest.abort();
        }
    }
}

/// Listens as soon as the listener before has gone: its task is told to end, not awaited.
async fn listen(address: SocketAddr) -> TcpListener {
    loop {
        match socket(address).and_then(|socket| socket.listen(1024)) {
            Ok(listener) => return listener,
            Err(_) => tokio::time::sleep(RETRY).await,
        }
    }
}

/// A bound socket; not to be had while another listens on the address.
fn socket(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}
