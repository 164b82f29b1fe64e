// Loaded into every Node process that is measured: at its end it says how much memory it had at most, in kilobytes.
const { appendFileSync } = require('node:fs');
const process = require('node:process');

process.once('exit', () => appendFileSync(process.env.PEAK_MEMORY_FILE, `${process.resourceUsage().maxRSS}\n`));
