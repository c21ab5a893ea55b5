// Loaded into the backend: where ./dev is killed, its servers do not stay behind.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 1000).unref();
