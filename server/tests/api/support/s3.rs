//! A real S3 service inside the test program: it checks signatures, conditions and checksums, and keeps files.

use std::net::{SocketAddr, TcpListener};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use hyper_util::rt::TokioIo;
use oxi_server::platform::blobs::S3Settings;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::sync::oneshot;

const ACCESS_KEY: &str = "OXITESTKEY";
const SECRET_KEY: &str = "oxi-test-secret";

/// A running S3 service.
pub struct S3Server {
    root: TempDir,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
}

/// The shared service and the process that clears its files away when this one ends, however it ends.
static SHARED: LazyLock<(S3Server, Child)> = LazyLock::new(|| {
    let server = S3Server::start();
    let script = format!("cat >/dev/null; rm -rf {}", server.root.path().display());
    let mut sweeper = Command::new("sh");
    sweeper.args(["-c", &script]).process_group(0).stdin(Stdio::piped());
    (server, sweeper.spawn().unwrap())
});

/// The service that all tests share.
pub fn shared() -> &'static S3Server {
    &SHARED.0
}

impl S3Server {
    /// Starts a service on a thread of its own.
    pub fn start() -> Self {
        let root = tempfile::Builder::new().prefix("oxi-s3-").tempdir().unwrap();
        let service = service(root.path());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(serve(service, listener, stopped));
        });
        Self { root, address, stop: Some(stop) }
    }

    /// Makes a bucket; how to reach it.
    pub fn new_bucket(&self) -> S3Settings {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let bucket = format!("bucket-{}", COUNT.fetch_add(1, Ordering::SeqCst));
        std::fs::create_dir(self.root.path().join(&bucket)).unwrap();
        S3Settings {
            endpoint: format!("http://{}", self.address),
            bucket,
            access_key_id: ACCESS_KEY.to_owned(),
            secret_access_key: SECRET_KEY.into(),
            region: "auto".to_owned(),
        }
    }

    /// The folder of its buckets.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// Ends the service and every connection to it.
    pub fn stop(&mut self) {
        self.stop.take();
    }
}

fn service(root: &Path) -> S3Service {
    let mut builder = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    builder.build()
}

async fn serve(service: S3Service, listener: TcpListener, mut stopped: oneshot::Receiver<()>) {
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    loop {
        let (stream, _) = tokio::select! {
            accepted = listener.accept() => accepted.unwrap(),
            _ = &mut stopped => return,
        };
        let connection = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service.clone());
        tokio::spawn(async move { _ = connection.await });
    }
}
