FROM node:26-slim AS libraries
WORKDIR /app
COPY package.json package-lock.json ./
# The optional ones are Node itself, which is here already.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:26-slim
WORKDIR /app
ENV NODE_ENV=production VAR_DIR=/var/lib/pennypost
RUN install -d -o node -g node -m 700 /var/lib/pennypost
COPY --from=libraries /app/node_modules ./node_modules
COPY package.json ./
COPY data ./data
COPY templates ./templates
COPY views ./views
COPY public ./public
COPY deploy/healthy.js ./deploy/healthy.js
COPY src ./src
USER node
VOLUME /var/lib/pennypost
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "deploy/healthy.js"]
CMD ["node", "--no-maglev", "--no-sparkplug", "--max-semi-space-size=4", "--v8-pool-size=1", "--heap-growing-percent=50", "--disable-warning=ExperimentalWarning", "--import", "./src/node-version.js", "src/main.ts"]
