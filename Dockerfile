# syntax=docker/dockerfile:1
# The hosted platform in one image: browser code, program, nothing else. Runs as an ordinary user, writes nothing to disk.

FROM node:22-bookworm-slim AS node

FROM rust:1.95.0-bookworm AS tools
RUN rustup component add clippy rustfmt && rustup target add wasm32-unknown-unknown
RUN cargo install cargo-chef --version 0.1.78 --locked
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /src

FROM tools AS plan
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM tools AS build
COPY --from=plan /src/recipe.json recipe.json
# The dependencies alone, so that the next build of the same dependencies starts from here (about 1.6 GB of memory).
RUN cargo chef cook --profile dist --locked --package oxi-server --bin oxi --recipe-path recipe.json
COPY . .
RUN cargo xtask web
RUN cargo build --profile dist --locked --package oxi-server --bin oxi

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/dist/oxi /app/oxi
EXPOSE 8080
ENTRYPOINT ["/app/oxi"]
CMD ["serve"]
