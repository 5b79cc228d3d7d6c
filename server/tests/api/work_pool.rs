//! Whatever takes megabytes asks the work pool first, and what a client has not read yet stays taken.

use std::sync::mpsc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use oxi_server::platform::work_pool::Principal;
use oxi_server::router;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tower::ServiceExt as _;

use crate::clinics::account_of;
use crate::load::{PART, address, begin_upload};
use crate::nights::{made_up, store};
use crate::support::Server;
use crate::support::client::Client;

const EMAIL: &str = "ana@clinica.ro";
/// Most that one principal may have in a lane of the smallest pool, in bytes.
const SHARE: u64 = 24_000_000;
/// Less than anything here takes, in bytes.
const LEFT: u64 = 1_000;

/// A platform with the smallest pool, and a doctor who has a night on it.
struct Small {
    server: Server,
    doctor: Client,
    principal: Principal,
    night: String,
}

impl Small {
    async fn new(server: Server) -> Self {
        let server = Server::start_with(server.backend, &[("WORK_MEMORY_MB", "96")]).await;
        let doctor = server.doctor(EMAIL).await;
        let night = store(&doctor, "a.csv", &made_up(2)).await;
        let principal = Principal::new("account", &account_of(&server, EMAIL).await);
        Self { server, doctor, principal, night }
    }

    async fn get(&self, part: &str) -> (u16, String) {
        let answer = self.doctor.get(&format!("{}{part}", self.night)).await;
        (answer.status, answer.header("retry-after"))
    }

    async fn upload(&self) -> (u16, String) {
        let answer = self.doctor.upload("/recordings", &[("b.csv", &made_up(3))], true).await;
        (answer.status, answer.header("retry-after"))
    }

    /// Work of the doctor's that takes all but a little, once it runs; it ends with what is returned first.
    async fn long_work(&self) -> (mpsc::Sender<()>, JoinHandle<bool>) {
        let ((go, gone), (tell, told)) = (mpsc::channel::<()>(), oneshot::channel());
        let (pool, principal) = (self.server.app.work.clone(), self.principal.clone());
        let work = move || {
            _ = tell.send(());
            gone.recv().is_ok()
        };
        let running = tokio::spawn(async move { pool.run(&principal, SHARE - LEFT, work).await.is_ok() });
        told.await.unwrap();
        (go, running)
    }
}

behaviours! {
    async fn pages_pictures_files_and_uploads_wait_for_memory_to_hold(server: Server) {
        let small = Small::new(server).await;
        let held = small.server.app.work.hold(&small.principal, SHARE - LEFT).await.unwrap();
        let asked = async || tokio::join!(small.get(""), small.get("/chart.png"), small.get("/file"), small.upload());
        let busy = || (503, "5".to_owned());
        assert_eq!(asked().await, (busy(), busy(), busy(), busy()));
        drop(held);
        let free = |status| (status, String::new());
        assert_eq!(asked().await, (free(200), free(200), free(200), free(201)));
    }

    async fn analyses_and_pictures_wait_for_memory_to_run(server: Server) {
        let small = Small::new(server).await;
        let (go, running) = small.long_work().await;
        let asked = async || tokio::join!(small.get("/chart.png"), small.upload());
        assert_eq!(asked().await, ((503, "5".to_owned()), (503, "10".to_owned())));
        assert_eq!(small.get("").await.0, 200, "a page of a night that is analysed takes none of it");
        go.send(()).unwrap();
        assert!(running.await.unwrap());
        assert_eq!(asked().await, ((200, String::new()), (201, String::new())));
    }

    async fn what_a_client_has_not_read_yet_stays_taken(server: Server) {
        let Small { server, doctor, principal, night } = Small::new(server).await;
        let router = router::router(&server.app);
        let cookies = ["sid", "browser"].map(|name| format!("{name}={}", doctor.cookie(name).unwrap())).join("; ");
        for part in ["", "/chart.png", "/file"] {
            let request = Request::get(format!("{night}{part}")).header("cookie", &cookies);
            let unread = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(unread.status(), 200, "{part}");
            let all = || tokio::time::timeout(Duration::from_millis(300), server.app.work.hold(&principal, SHARE));
            assert!(all().await.is_err(), "{part}: its memory is given out while nobody has read it");
            drop(unread);
            assert!(all().await.is_ok_and(|held| held.is_ok()), "{part}");
        }
    }

    async fn short_bodies_take_no_more_room_than_they_announce(server: Server) {
        let small = Small::new(server).await;
        let mut slow = Vec::new();
        for _ in 0..8 {
            slow.push(begin_upload(address(&small.server), &small.doctor, Some(100_000), PART.as_bytes()).await);
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(small.upload().await.0, 201);
    }
}
