# docker build -t toss-sandbox . && docker run --rm -p 8677:8677 toss-sandbox

FROM node:20-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci
COPY src ./src
COPY fixtures ./fixtures
RUN npm run build && mkdir data

# The bundle holds everything it needs at run time: no node_modules here.
FROM node:20-bookworm-slim
ENV NODE_ENV=production TOSS_SANDBOX_HOST=0.0.0.0 TOSS_SANDBOX_PORT=8677 TOSS_SANDBOX_DATA=/data
COPY package.json README.md LICENSE /opt/toss-sandbox/
COPY --from=build /build/dist /opt/toss-sandbox/dist
COPY --from=build --chown=1000:1000 /build/data /data
# The image's user node, by number: Kubernetes cannot tell that a name is not root.
USER 1000:1000
WORKDIR /data
VOLUME /data
EXPOSE 8677
HEALTHCHECK --interval=10s --timeout=3s --start-period=2s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.TOSS_SANDBOX_PORT + '/sandbox/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/toss-sandbox/dist/cli.js"]
