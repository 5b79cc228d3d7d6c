//! What every store of blobs promises.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use oxi_server::platform::blobs::{BlobError, BlobKey, Blobs, Put, S3Settings};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::disk::{SmallDisk, mode};
use crate::support::s3 as service;

macro_rules! store_promises {
    ($(async fn $name:ident($blobs:ident: Blobs) $body:block)*) => {
        $(async fn $name($blobs: Blobs) $body)*

        mod folder {
            $(#[tokio::test]
            async fn $name() {
                let folder = tempfile::tempdir().unwrap();
                super::$name(super::Blobs::folder(folder.path().join("files"))).await;
            })*
        }

        mod s3 {
            $(#[tokio::test]
            async fn $name() {
                super::$name(super::Blobs::s3(&super::service::shared().new_bucket())).await;
            })*
        }

        mod memory {
            $(#[tokio::test]
            async fn $name() {
                super::$name(super::Blobs::memory()).await;
            })*
        }
    };
}

fn key(name: &str) -> BlobKey {
    BlobKey::new(&["recordings", "owner-1", name]).unwrap()
}

/// How many of several puts to the same key, made at once, store their bytes.
async fn stored(blobs: &Blobs, texts: [&'static str; 4]) -> usize {
    let put = |text: &'static str| {
        let blobs = blobs.clone();
        tokio::spawn(async move { blobs.put(&key("a"), Bytes::from_static(text.as_bytes())).await.unwrap() })
    };
    let mut stored = 0;
    for put in texts.map(put) {
        stored += usize::from(put.await.unwrap() == Put::Stored);
    }
    stored
}

store_promises! {
    async fn what_was_put_comes_back_byte_for_byte(blobs: Blobs) {
        let night: Bytes = (0..300_000_u32).map(|n| (n % 251) as u8).collect::<Vec<_>>().into();
        assert_eq!(blobs.put(&key("a"), night.clone()).await.unwrap(), Put::Stored);
        assert_eq!(blobs.get(&key("a")).await.unwrap(), night);
    }

    async fn an_empty_blob_is_a_blob(blobs: Blobs) {
        assert_eq!(blobs.put(&key("a"), Bytes::new()).await.unwrap(), Put::Stored);
        assert_eq!(blobs.get(&key("a")).await.unwrap(), Bytes::new());
    }

    async fn what_was_never_put_is_missing(blobs: Blobs) {
        assert!(matches!(blobs.get(&key("a")).await, Err(BlobError::Missing(missing)) if missing == key("a")));
    }

    async fn what_is_put_under_a_taken_key_is_told_so_and_changes_nothing(blobs: Blobs) {
        assert_eq!(blobs.put(&key("a"), Bytes::from_static(b"one")).await.unwrap(), Put::Stored);
        for again in ["one", "two"] {
            assert_eq!(blobs.put(&key("a"), Bytes::from_static(again.as_bytes())).await.unwrap(), Put::Taken);
        }
        assert_eq!(blobs.get(&key("a")).await.unwrap(), "one");
    }

    async fn a_deleted_blob_is_gone_and_its_neighbour_is_not(blobs: Blobs) {
        assert_eq!(blobs.put(&key("a"), Bytes::from_static(b"one")).await.unwrap(), Put::Stored);
        assert_eq!(blobs.put(&key("ab"), Bytes::from_static(b"two")).await.unwrap(), Put::Stored);
        blobs.delete(&key("a")).await.unwrap();
        assert!(matches!(blobs.get(&key("a")).await, Err(BlobError::Missing(_))));
        assert_eq!(blobs.get(&key("ab")).await.unwrap(), "two");
    }

    async fn deleting_nothing_is_fine(blobs: Blobs) {
        assert!(blobs.delete(&key("a")).await.is_ok());
    }

    async fn many_that_put_the_same_bytes_at_once_leave_them_there(blobs: Blobs) {
        assert!(stored(&blobs, ["one", "one", "one", "one"]).await >= 1);
        assert_eq!(blobs.get(&key("a")).await.unwrap(), "one");
    }

    async fn a_working_store_answers_the_probe_again_and_again(blobs: Blobs) {
        blobs.rehearse().await.unwrap();
        assert!(blobs.probe().await.is_ok());
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_fails_the_probe() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "in the way").unwrap();
    assert!(matches!(Blobs::folder(file).probe().await, Err(BlobError::Unavailable(_))));
}

#[tokio::test]
async fn a_put_leaves_no_draft_whether_it_succeeds_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::folder(folder.path());
    for put in [Put::Stored, Put::Taken] {
        assert_eq!(blobs.put(&key("a"), Bytes::from_static(b"one")).await.unwrap(), put);
        assert_eq!(drafts(folder.path()), 0);
    }
    let below = BlobKey::new(&["recordings", "owner-1", "a", "b"]).unwrap();
    blobs.put(&below, Bytes::from_static(b"three")).await.unwrap_err();
    assert_eq!(drafts(folder.path()), 0);
}

#[tokio::test]
async fn what_a_crash_left_half_written_goes_by_its_age_and_a_running_upload_of_another_process_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts_folder, blobs) = (folder.path().join(".drafts"), Blobs::folder(folder.path()));
    blobs.rehearse().await.unwrap();
    for (name, hours) in [("old", 7), ("young", 5)] {
        let file = std::fs::File::create(drafts_folder.join(name)).unwrap();
        file.set_modified(file.metadata().unwrap().modified().unwrap() - Duration::from_hours(hours))
            .unwrap();
    }
    Blobs::folder(folder.path()).rehearse().await.unwrap();
    assert_eq!(drafts(folder.path()), 2, "a start of one process touched another's draft");
    assert_eq!(blobs.tidy().await.unwrap(), 1);
    assert!(!drafts_folder.join("old").exists() && drafts_folder.join("young").exists());
}

/// Two containers on one volume: both processes have the number 1, and both count their writes from 0.
#[tokio::test(flavor = "multi_thread")]
async fn two_stores_with_the_same_process_id_on_one_folder_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let stores = [Blobs::folder(folder.path()), Blobs::folder(folder.path())];
    let mut puts = Vec::new();
    for n in 0..100_u8 {
        for (which, blobs) in stores.iter().cloned().enumerate() {
            let (key, bytes) =
                (key(&format!("{which}-{n}")), Bytes::from(vec![n ^ (which as u8) << 7; 30_000]));
            puts.push(tokio::spawn(async move {
                blobs.put(&key, bytes.clone()).await.map(|put| (put, key, bytes))
            }));
        }
    }
    let mut wrong = 0;
    for put in puts {
        let (put, key, bytes) = put.await.unwrap().unwrap();
        wrong += usize::from(put != Put::Stored || stores[0].get(&key).await.unwrap() != bytes);
    }
    assert_eq!(wrong, 0, "acknowledged and lost");
}

#[tokio::test]
async fn a_full_disk_is_told_and_keeps_no_draft() {
    let Some(disk) = SmallDisk::mount("24m") else { return };
    let blobs = Blobs::folder(disk.path().join("files"));
    blobs.rehearse().await.unwrap();
    let night = Bytes::from(vec![7; 10_000_000]);
    assert_eq!(blobs.put(&key("a"), night.clone()).await.unwrap(), Put::Stored);
    assert!(matches!(blobs.probe().await, Err(BlobError::Full(_))), "no room for a long upload");
    assert!(matches!(blobs.put(&key("b"), Bytes::from(vec![8; 20_000_000])).await, Err(BlobError::Full(_))));
    assert_eq!(drafts(&disk.path().join("files")), 0);
    assert_eq!(blobs.get(&key("a")).await.unwrap(), night);
    blobs.delete(&key("a")).await.unwrap();
    blobs.probe().await.unwrap();
}

#[tokio::test]
async fn files_and_folders_are_closed_to_other_accounts_those_of_older_versions_too() {
    let folder = tempfile::tempdir().unwrap();
    let (root, blobs) = (folder.path().join("files"), Blobs::folder(folder.path().join("files")));
    assert_eq!(blobs.put(&key("a"), Bytes::from_static(b"one")).await.unwrap(), Put::Stored);
    let paths = [root.clone(), root.join(".drafts"), root.join("recordings/owner-1")];
    assert_eq!(paths.each_ref().map(|path| mode(path)), [0o700; 3]);
    assert_eq!(mode(&root.join("recordings/owner-1/a")), 0o600);
    for path in &paths {
        std::fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    }
    std::fs::set_permissions(root.join("recordings/owner-1/a"), Permissions::from_mode(0o644)).unwrap();
    blobs.rehearse().await.unwrap();
    assert_eq!(paths.each_ref().map(|path| mode(path)), [0o700; 3]);
    assert_eq!(mode(&root.join("recordings/owner-1/a")), 0o600);
}

fn drafts(folder: &Path) -> usize {
    std::fs::read_dir(folder.join(".drafts")).unwrap().count()
}

#[tokio::test]
async fn a_put_to_s3_is_one_signed_conditional_request_without_checksum_trailers() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let settings = S3Settings { endpoint, bucket: "nights".to_owned(), ..service::shared().new_bucket() };
    let put =
        tokio::spawn(async move { Blobs::s3(&settings).put(&key("a"), Bytes::from_static(b"one")).await });
    let request = answer_one(&listener, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.to_lowercase();
    assert_eq!(put.await.unwrap().unwrap(), Put::Stored);
    assert!(request.starts_with("put /nights/recordings/owner-1/a"), "{request}");
    assert!(
        request.contains("if-none-match: *") && request.contains("authorization: aws4-hmac-sha256"),
        "{request}"
    );
    assert!(!request.contains("x-amz-checksum") && !request.contains("aws-chunked"), "{request}");
    assert!(request.ends_with("\r\n\r\none"), "{request}");
}

/// Reads one request whole and answers it.
async fn answer_one(listener: &tokio::net::TcpListener, answer: &str) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\none") {
        let mut part = [0; 4096];
        let length = stream.read(&mut part).await.unwrap();
        assert_ne!(length, 0, "{}", String::from_utf8_lossy(&request));
        request.extend_from_slice(&part[..length]);
    }
    stream.write_all(answer.as_bytes()).await.unwrap();
    String::from_utf8(request).unwrap()
}

#[tokio::test]
async fn the_s3_service_refuses_a_wrong_secret() {
    let settings = S3Settings { secret_access_key: "wrong".into(), ..service::shared().new_bucket() };
    let put = Blobs::s3(&settings).put(&key("a"), Bytes::from_static(b"one")).await;
    assert!(matches!(put, Err(BlobError::Unavailable(_))));
}

#[tokio::test]
async fn a_service_that_is_not_there_fails_within_the_time_limits() {
    let settings = S3Settings { endpoint: "http://127.0.0.1:1".to_owned(), ..service::shared().new_bucket() };
    let begun = std::time::Instant::now();
    assert!(matches!(Blobs::s3(&settings).probe().await, Err(BlobError::Unavailable(_))));
    assert!(begun.elapsed() < std::time::Duration::from_secs(11), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn one_of_many_that_put_different_files_at_once_wins_and_the_others_hear_of_it() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(stored(&Blobs::folder(folder.path()), ["one", "two", "three", "four"]).await, 1);
}
