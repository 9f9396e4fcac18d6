// Loaded before anything else by the npm scripts. Plain old JavaScript on purpose: it has to run on every Node there is.
const OLDEST = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(
    `Pennypost needs Node ${OLDEST} or later, and this is Node ${process.versions.node}: run "npm ci" in this folder, which brings the right one, and start with "npm start".`,
  );
  process.exit(1);
}
