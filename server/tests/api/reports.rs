//! The picture of a night as a file.

use image::RgbImage;

use crate::nights::{self, made_up, store};
use crate::support::client::Answer;

fn decoded(answer: &Answer, kind: &str) -> RgbImage {
    assert_eq!((answer.status, answer.header("content-type").as_str()), (200, kind), "{}", answer.text());
    image::load_from_memory(&answer.body).unwrap().to_rgb8()
}

/// Share of pixels that are not paper.
fn ink(picture: &RgbImage) -> f64 {
    let inked = picture.pixels().filter(|pixel| pixel.0.iter().any(|&value| value < 200)).count();
    inked as f64 / f64::from(picture.width() * picture.height())
}

behaviours! {
    async fn a_night_has_a_picture_in_both_formats_and_sizes(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", &made_up(2)).await;
        let png = decoded(&doctor.get(&format!("{address}/chart.png")).await, "image/png");
        let large = decoded(&doctor.get(&format!("{address}/chart.png?scale=2")).await, "image/png");
        let jpg = decoded(&doctor.get(&format!("{address}/chart.jpg")).await, "image/jpeg");
        assert_eq!([png.dimensions(), large.dimensions(), jpg.dimensions()], [(1280, 720), (2560, 1440), (1280, 720)]);
        for picture in [png, large, jpg] {
            assert!((0.005..0.5).contains(&ink(&picture)), "{}", ink(&picture));
        }
    }

    async fn a_picture_of_lines_has_its_words_as_text(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "Checkme O2 1001_20260102220000.csv", &made_up(2)).await;
        let answer = doctor.get(&format!("{address}/chart.svg?theme=dark&levels=blue-red")).await;
        assert_eq!((answer.status, answer.header("content-type").as_str()), (200, "image/svg+xml"));
        let picture = answer.text();
        for words in [">SpO₂ %<", ">Desaturări<", ">Mișcare<", ">Aparat 1001<", "2 ian."] {
            assert!(picture.contains(words), "{words}: {picture}");
        }
        let plain = doctor.get(&format!("{address}/chart.svg")).await;
        assert_ne!((plain.header("etag"), plain.text()), (answer.header("etag"), picture));
        assert_eq!(doctor.get(&format!("{address}/chart.svg?theme=pink")).await.status, 400);
    }

    async fn a_dip_of_one_reading_is_in_the_picture(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let text = String::from_utf8(made_up(2)).unwrap().replacen("22:03:20 Jan 02 2026,96", "22:03:20 Jan 02 2026,82", 1);
        let address = store(&doctor, "a.csv", text.as_bytes()).await;
        let with = decoded(&doctor.get(&format!("{address}/chart.png")).await, "image/png");
        let other = store(&doctor, "b.csv", &made_up(2)).await;
        let without = decoded(&doctor.get(&format!("{other}/chart.png")).await, "image/png");
        let column = 156 + 1060 * 200 / 900;
        let is_inked = |picture: &RgbImage| (column - 6..column + 6).any(|x| (150..300).filter(|&y| picture.get_pixel(x, y).0[2] < 120).count() > 15);
        assert!(is_inked(&with) && !is_inked(&without));
    }

    async fn a_picture_is_not_drawn_again_for_whoever_has_it(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = format!("{}/chart.png", store(&doctor, "a.csv", &made_up(2)).await);
        let first = doctor.get(&address).await;
        let tag = first.header("etag");
        assert_eq!(first.header("cache-control"), "no-store");
        let again = doctor.send(doctor.request(reqwest::Method::GET, &address).header("if-none-match", &tag)).await;
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag.clone()));
        doctor.set_cookie("lang", Some("en"));
        assert_ne!(doctor.get(&address).await.header("etag"), tag, "the words in the picture are others");
    }

    async fn a_saved_picture_is_named_after_its_file(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "Checkme O2 1001_20260102220000.csv", &made_up(2)).await;
        let answer = doctor.get(&format!("{address}/chart.jpg?download=1")).await;
        assert!(answer.header("content-disposition").contains("\"Checkme O2 1001_20260102220000.jpg\""), "{:?}", answer.headers);
        assert_eq!(doctor.get(&format!("{address}/chart.jpg")).await.header("content-disposition"), "");
    }

    async fn a_night_without_a_single_reading_still_has_a_picture(server: Server) {
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, "a.csv", b"22:00:00 Jan 02 2026,--,--,0\n22:00:04 Jan 02 2026,--,--,0\n").await;
        let page = doctor.get(&address).await;
        assert!(page.text().contains("— fără citire"), "{}", page.text());
        let picture = decoded(&doctor.get(&format!("{address}/chart.png")).await, "image/png");
        assert!(ink(&picture) > 0.005, "{}", ink(&picture));
    }

    async fn a_recorded_night_is_drawn_in_time(server: Server) {
        let name = "Checkme O2 1001_20250129203510.csv";
        let Some(bytes) = nights::real(name) else { return };
        let doctor = server.doctor("ana@clinica.ro").await;
        let address = store(&doctor, name, &bytes).await;
        let picture = decoded(&doctor.get(&format!("{address}/chart.png?scale=2")).await, "image/png");
        assert_eq!(picture.dimensions(), (2560, 1440));
        assert!((0.02..0.5).contains(&ink(&picture)), "{}", ink(&picture));
    }
}
