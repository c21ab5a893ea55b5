import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Dialogs and menus of Backstage UI take long to render on a busy machine.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });
