// The platform on Railway as code: `railway config plan`, then `railway config apply`.
//
// Railway stops reading railway.json on 2026-12-01. What matters most therefore stands here a second time as service
// variables, which survive that date and can also be set by hand in the service's settings:
//
//   RAILWAY_DOCKERFILE_PATH              Dockerfile   how to build
//   RAILWAY_DEPLOYMENT_DRAINING_SECONDS  30           between SIGTERM and SIGKILL; without it running requests are cut
//   RAILWAY_DEPLOYMENT_OVERLAP_SECONDS   20           old and new version run together
//   RAILWAY_HEALTHCHECK_TIMEOUT_SEC      120          how long a new version may take to answer /health
//
// Settings of the platform itself (all of them: docs/OPERATIONS.md):
//
//   DATABASE_URL                              from the PostgreSQL service
//   APP_URL                                   public address, such as https://oxi.example.ro; links are made from it
//   R2_ENDPOINT or R2_ACCOUNT_ID              Cloudflare R2; for the EU: https://<account>.eu.r2.cloudflarestorage.com
//   R2_BUCKET_NAME, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY
//   ADMIN_EMAIL, ADMIN_PASSWORD, ADMIN_NAME   the first administrator; may be removed after the first start
//
// The web service needs no volume: everything that must last is in PostgreSQL and R2. Region: europe-west4-drams3a.
import { defineRailway, github, postgres, preserve, project, service } from "railway/iac";

export default defineRailway((ctx) => {
  const db = postgres("postgres");
  const web = service("web", {
    source: github("oxi-oximetry/oxi", { branch: "main" }),
    start: "/app/oxi serve",
    healthcheck: "/health",
    healthcheckTimeout: 120,
    replicas: ctx.isEnvironment("production") ? 2 : 1,
    env: {
      DATABASE_URL: db.env.DATABASE_URL,
      APP_URL: preserve(),
      R2_ENDPOINT: preserve(),
      R2_BUCKET_NAME: preserve(),
      R2_ACCESS_KEY_ID: preserve(),
      R2_SECRET_ACCESS_KEY: preserve(),
      ADMIN_EMAIL: preserve(),
      ADMIN_PASSWORD: preserve(),
      ADMIN_NAME: preserve(),
      RAILWAY_DOCKERFILE_PATH: "Dockerfile",
      RAILWAY_DEPLOYMENT_DRAINING_SECONDS: "30",
      RAILWAY_DEPLOYMENT_OVERLAP_SECONDS: "20",
      RAILWAY_HEALTHCHECK_TIMEOUT_SEC: "120",
    },
  });
  return project("pulsoximetrie", { resources: [db, web] });
});
