//! Health: what monitors and the hosting platform see.

behaviours! {
    async fn a_working_platform_is_healthy_and_counts_its_routes(server: Server) {
        let answer = server.browser().get("/health").await;
        let health = answer.json();
        assert_eq!((answer.status, &health["status"]), (200, &"healthy".into()));
        assert_eq!((&health["checks"]["database"], &health["checks"]["storage"]), (&"ok".into(), &"ok".into()));
        assert_eq!(health["checks"]["callbacks"], oxi_server::app::route_table().len());
        assert!(health["timestamp"].as_str().unwrap().ends_with('Z'));
    }
}
