import { requireInstalled } from '../../installed.ts';
import { describeFailure } from './failure.ts';
import { readReport } from './file.ts';
import type { Report } from './report.ts';

/**
 * Reads JUnit XML, as pytest and Node's test runner write it. A skipped test counts as a failure: it
 * proved nothing.
 */
export function readJunitReport(path: string): Report {
  const cases = findCases(parse(readReport(path)));
  const failures = cases.flatMap(each => {
    const reason = each.failure ?? each.error ?? each.skipped;
    const message = (reason?.[0]?.message || reason?.[0]?.['#text']) ?? '';
    return reason ? [describeFailure(toName(each), message)] : [];
  });
  return {
    passed: cases.length - failures.length,
    failed: failures.length,
    failures,
    durations: cases.map(each => ({
      name: toName(each),
      seconds: Number(each.time ?? 0),
    })),
  };
}

function parse(xml: string): JunitNode {
  const { XMLParser } =
    requireInstalled<typeof import('fast-xml-parser')>('fast-xml-parser');
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    alwaysCreateTextNode: true,
    parseTagValue: false,
    isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  }).parse(xml);
}

function findCases(node: JunitNode): JunitCase[] {
  const { testcase = [], testsuite = [], testsuites = [] } = node;
  return [
    ...testcase,
    ...[...testsuites, ...testsuite].flatMap(each => findCases(each)),
  ];
}

const toName = ({ classname, name }: JunitCase) => `${classname} ${name}`;

interface JunitNode {
  testcase?: JunitCase[];
  testsuite?: JunitNode[];
  testsuites?: JunitNode[];
}

interface JunitCase {
  classname: string;
  name: string;
  /** Seconds. */
  time?: string;
  failure?: Reason;
  error?: Reason;
  skipped?: Reason;
}

type Reason = { message?: string; '#text'?: string }[];
