//! Jobs on both databases: shared by replicas, taken over from a worker that died, put off, given up, done on schedule.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use oxi_server::audit::{Act, Duty, Work};
use oxi_server::platform::drain::Drain;
use oxi_server::platform::jobs::{self, Failure, JobState, Kind, LEASE, MOST_ATTEMPTS, Worker};
use oxi_server::serve;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::nights::{made_up, store};
use crate::recordings::change;
use crate::support::Server;

/// What the jobs of a test share.
#[derive(Clone, Default)]
struct Bench(Arc<Inner>);

#[derive(Default)]
struct Inner {
    /// Subjects in the order in which they ended.
    ended: Mutex<Vec<String>>,
    /// How many are under way, and how many of one subject have been at once.
    under_way: Mutex<Vec<String>>,
    doubled: AtomicU64,
    begun: AtomicU64,
    hangs: AtomicBool,
    fails: AtomicBool,
    has_begun: Notify,
}

const ONCE: Kind<Bench> = Kind {
    name: "once",
    every: None,
    run: |bench, subject| Box::pin(async move { bench.work(subject).await }),
};
const AGAIN: Kind<Bench> = Kind { name: "again", every: Some(Duration::from_mins(10)), ..ONCE };

impl Bench {
    async fn work(&self, subject: String) -> Result<(), Failure> {
        let inner = &*self.0;
        inner.begun.fetch_add(1, Ordering::SeqCst);
        let at_work = AtWork::begin(self, &subject);
        inner.has_begun.notify_one();
        if inner.hangs.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
        drop(at_work);
        assert!(subject != "panics", "as it was told to");
        if inner.fails.load(Ordering::SeqCst) {
            return Err(Failure::new("storage-away", "the store is not there"));
        }
        inner.ended.lock().unwrap().push(subject);
        Ok(())
    }

    fn ended(&self) -> Vec<String> {
        self.0.ended.lock().unwrap().clone()
    }

    fn begun(&self) -> u64 {
        self.0.begun.load(Ordering::SeqCst)
    }

    fn doubled(&self) -> u64 {
        self.0.doubled.load(Ordering::SeqCst)
    }
}

/// Notes what is under way until it ends or is broken off.
struct AtWork(Bench, String);

impl AtWork {
    fn begin(bench: &Bench, subject: &str) -> Self {
        let mut under_way = bench.0.under_way.lock().unwrap();
        if under_way.iter().any(|other| other == subject) {
            bench.0.doubled.fetch_add(1, Ordering::SeqCst);
        }
        under_way.push(subject.to_owned());
        Self(bench.clone(), subject.to_owned())
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        let mut under_way = self.0.0.under_way.lock().unwrap();
        let at = under_way.iter().position(|subject| *subject == self.1).unwrap();
        under_way.remove(at);
    }
}

/// A worker of a replica of its own.
fn replica(server: &Server, bench: &Bench, kinds: &[Kind<Bench>]) -> Arc<Worker<Bench>> {
    replica_until(server, bench, kinds, &Drain::default())
}

fn replica_until(server: &Server, bench: &Bench, kinds: &[Kind<Bench>], drain: &Drain) -> Arc<Worker<Bench>> {
    let app = &server.app;
    Arc::new(Worker::new((&app.db, &app.clock, &app.random, drain), kinds.to_vec(), bench.clone()))
}

fn at_work(worker: &Arc<Worker<Bench>>) -> JoinHandle<u64> {
    let worker = Arc::clone(worker);
    tokio::spawn(async move { worker.work_off().await.unwrap() })
}

async fn ask_for(server: &Server, subjects: impl IntoIterator<Item = String>) {
    let app = &server.app;
    let mut work: Work = Work::begin(&app.db, Duty::Sweep).await.unwrap();
    for subject in subjects {
        jobs::enqueue(&mut work, (ONCE.name, &subject), app.clock.now()).await.unwrap();
    }
    work.commit(Act::on_nothing("asked").without_entry()).await.unwrap();
}

async fn rows(server: &Server) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM jobs").fetch_one(server.app.db.read()).await.unwrap()
}

behaviours! {
    async fn two_replicas_share_the_work_and_nothing_is_done_twice(server: Server) {
        let bench = Bench::default();
        let subjects: Vec<String> = (10..50).map(|n| n.to_string()).collect();
        ask_for(&server, subjects.clone()).await;
        ask_for(&server, subjects.clone()).await;
        assert_eq!(rows(&server).await, 40, "what is asked for twice is there once");
        let both = [replica(&server, &bench, &[ONCE]), replica(&server, &bench, &[ONCE])];
        let [one, other] = [at_work(&both[0]), at_work(&both[1])];
        let (one, other) = (one.await.unwrap(), other.await.unwrap());
        let mut ended = bench.ended();
        ended.sort();
        assert_eq!((ended, one + other, bench.doubled(), rows(&server).await), (subjects, 40, 0, 0));
        assert!(one > 0 && other > 0, "{one} and {other}");
    }

    async fn what_a_worker_left_that_died_is_taken_over_when_its_lease_is_over(server: Server) {
        let bench = Bench::default();
        ask_for(&server, ["7".to_owned()]).await;
        bench.0.hangs.store(true, Ordering::SeqCst);
        let dying = at_work(&replica(&server, &bench, &[ONCE]));
        bench.0.has_begun.notified().await;
        dying.abort();
        assert!(dying.await.unwrap_err().is_cancelled());
        bench.0.hangs.store(false, Ordering::SeqCst);
        let other = replica(&server, &bench, &[ONCE]);
        server.wait(LEASE);
        assert_eq!(other.work_off().await.unwrap(), 0, "the lease may still be held");
        server.wait(Duration::from_millis(1));
        assert_eq!(other.work_off().await.unwrap(), 1);
        assert_eq!((bench.ended(), bench.doubled(), rows(&server).await), (vec!["7".to_owned()], 0, 0));
    }

    async fn a_lease_is_renewed_while_its_job_is_under_way(server: Server) {
        let bench = Bench::default();
        ask_for(&server, ["7".to_owned()]).await;
        bench.0.hangs.store(true, Ordering::SeqCst);
        let worker = at_work(&replica(&server, &bench, &[ONCE]));
        bench.0.has_begun.notified().await;
        let other = replica(&server, &bench, &[ONCE]);
        for _ in 0..4 {
            server.wait(LEASE / 2);
            tokio::time::sleep(Duration::from_millis(900)).await;
            assert_eq!(other.work_off().await.unwrap(), 0);
        }
        worker.abort();
    }

    async fn a_worker_stops_when_another_has_its_lease(server: Server) {
        let bench = Bench::default();
        ask_for(&server, ["7".to_owned()]).await;
        bench.0.hangs.store(true, Ordering::SeqCst);
        let slow = at_work(&replica(&server, &bench, &[ONCE]));
        bench.0.has_begun.notified().await;
        server.change(sqlx::query("UPDATE jobs SET lease = 'another', lease_until = lease_until + 600000")).await;
        server.wait(LEASE / 2);
        assert_eq!(slow.await.unwrap(), 1, "it has given up and found nothing else");
        let lease: String = sqlx::query_scalar("SELECT lease FROM jobs").fetch_one(server.app.db.read()).await.unwrap();
        assert_eq!((lease.as_str(), bench.0.under_way.lock().unwrap().len()), ("another", 0));
    }

    async fn what_is_under_way_when_the_process_ends_is_given_back_at_once(server: Server) {
        let (bench, drain) = (Bench::default(), Drain::default());
        ask_for(&server, ["7".to_owned()]).await;
        bench.0.hangs.store(true, Ordering::SeqCst);
        let ending = at_work(&replica_until(&server, &bench, &[ONCE], &drain));
        bench.0.has_begun.notified().await;
        drain.begin();
        assert_eq!(ending.await.unwrap(), 1);
        bench.0.hangs.store(false, Ordering::SeqCst);
        assert_eq!(replica(&server, &bench, &[ONCE]).work_off().await.unwrap(), 1);
        assert_eq!(bench.ended(), ["7"]);
    }

    async fn what_fails_is_put_off_for_longer_each_time_and_then_given_up(server: Server) {
        let bench = Bench::default();
        let worker = replica(&server, &bench, &[ONCE]);
        ask_for(&server, ["7".to_owned()]).await;
        bench.0.fails.store(true, Ordering::SeqCst);
        for (turn, minutes) in [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0].into_iter().enumerate() {
            assert_eq!((worker.work_off().await.unwrap(), worker.work_off().await.unwrap()), (1, 0), "{turn}");
            let failing = jobs::failing(&server.app.db).await.unwrap();
            let due = server.app.clock.now().plus(Duration::from_secs_f64(minutes * 60.0));
            let seen = (failing[0].attempts, failing[0].state, failing[0].last_error.as_str());
            assert_eq!(seen, (turn as i64 + 1, JobState::Waiting(due), "storage-away"));
            server.wait(Duration::from_secs_f64(minutes * 60.0));
        }
        assert_eq!(worker.work_off().await.unwrap(), 1);
        server.wait(Duration::from_hours(48));
        ask_for(&server, ["7".to_owned()]).await;
        assert_eq!((worker.work_off().await.unwrap(), bench.begun() as i64), (0, MOST_ATTEMPTS), "it is dead");
        let failing = jobs::failing(&server.app.db).await.unwrap();
        assert!(matches!(failing[0].state, JobState::Dead(_)), "{failing:?}");
    }

    async fn what_its_worker_dies_of_each_time_is_given_up_too(server: Server) {
        let bench = Bench::default();
        let worker = replica(&server, &bench, &[ONCE]);
        ask_for(&server, ["7".to_owned()]).await;
        server.change(sqlx::query("UPDATE jobs SET attempts = 8, lease = 'of one that died', lease_until = 1")).await;
        assert_eq!((worker.work_off().await.unwrap(), bench.begun()), (1, 0));
        let failing = jobs::failing(&server.app.db).await.unwrap();
        assert_eq!(failing[0].last_error, "job-died");
        assert!(matches!(failing[0].state, JobState::Dead(_)), "{failing:?}");
    }

    async fn a_job_that_panics_fails_and_the_worker_goes_on(server: Server) {
        let bench = Bench::default();
        ask_for(&server, ["panics", "zzz"].map(str::to_owned)).await;
        assert_eq!(replica(&server, &bench, &[ONCE]).work_off().await.unwrap(), 2);
        let failing = jobs::failing(&server.app.db).await.unwrap();
        assert_eq!((bench.ended(), failing.len(), failing[0].last_error.as_str()), (vec!["zzz".to_owned()], 1, "job-panicked"));
    }

    async fn a_schedule_does_not_double_on_two_replicas(server: Server) {
        let bench = Bench::default();
        let both = [replica(&server, &bench, &[AGAIN]), replica(&server, &bench, &[AGAIN])];
        for turn in 1..=3 {
            let [one, other] = [at_work(&both[0]), at_work(&both[1])];
            assert_eq!((one.await.unwrap() + other.await.unwrap(), bench.begun()), (1, turn));
            server.wait(Duration::from_mins(10));
        }
        assert_eq!((rows(&server).await, bench.doubled()), (1, 0));
        bench.0.fails.store(true, Ordering::SeqCst);
        for _ in 0..20 {
            server.wait(Duration::from_mins(10));
            assert_eq!(both[0].work_off().await.unwrap(), 1, "what is on a schedule never dies");
        }
    }

    async fn the_jobs_of_the_platform_are_done_and_seen(server: Server) {
        let admin = server.admin().await;
        assert_eq!(serve::worker(&server.app).work_off().await.unwrap(), 8);
        let page = admin.get("/admin/jobs").await.text();
        assert!(page.contains("Nicio lucrare nereușită") && !page.contains("niciodată"), "{page}");
        assert_eq!(page.matches("<th scope=\"row\"").count(), 8, "{page}");
        let mut names = page.split("rowheader\">").skip(1);
        assert!(names.all(|name| name.starts_with(char::is_uppercase)), "every kind has its words: {page}");
    }

    async fn a_night_that_cannot_be_analysed_is_seen_and_tried_again(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        change(&server, &address, "UPDATE desk_rows SET algorithm_revision = 0 WHERE recording_id = $1").await;
        let key: String = sqlx::query_scalar("SELECT blob_key FROM recordings").fetch_one(server.app.db.read()).await.unwrap();
        change(&server, &address, "UPDATE recordings SET blob_key = 'recordings/of/nobody' WHERE id = $1").await;
        let worker = serve::worker(&server.app);
        worker.work_off().await.unwrap();
        server.change(sqlx::query("UPDATE jobs SET dead_at = 1, attempts = 8 WHERE last_error IS NOT NULL")).await;
        let admin = server.admin().await;
        let page = admin.get("/admin/jobs").await.text();
        assert!(page.contains("Analiza unei nopți") && page.contains("abandonată"), "{page}");
        server.change(sqlx::query("UPDATE recordings SET blob_key = $1").bind(key)).await;
        assert_eq!(worker.work_off().await.unwrap(), 0);
        let way = format!("/admin/jobs/{}/retry", page.split("/admin/jobs/").filter_map(|rest| rest.split_once("/retry")).next().unwrap().0);
        assert_eq!(admin.post(&way, &[]).await.header("location"), "/admin/jobs");
        assert_eq!(worker.work_off().await.unwrap(), 1);
        assert!(admin.get("/admin/jobs").await.text().contains("Nicio lucrare nereușită"));
        assert!(doctor.get("/recordings").await.text().contains(">4,0<"));
        assert_eq!(admin.post(&way, &[]).await.status, 404, "it is no more");
    }
}
