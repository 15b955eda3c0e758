import { ensureChromium } from './fixtures/chromium.ts';

// Before the tests, so that an installation is not counted into anybody's time limit.
process.stdout.write(`Browser tests run in ${ensureChromium()}\n`);
