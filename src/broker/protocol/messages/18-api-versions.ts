import { defineApi, type RequestOf, type ResponseOf } from '../api.js';
import { array, bool, int16, int32, int64, string } from '../schema.js';

export type ApiVersionsRequest = RequestOf<typeof apiVersions>;
export type ApiVersionsResponse = ResponseOf<typeof apiVersions>;

/** Its response header is always version 0 (KIP-511): the client does not know yet what the broker understands. */
export const apiVersions = defineApi({
  key: 18,
  name: 'ApiVersions',
  versions: { min: 0, max: 4 },
  flexibleFrom: 3,
  request: {
    clientSoftwareName: string('3+'),
    clientSoftwareVersion: string('3+'),
  },
  response: {
    errorCode: int16('0+'),
    apiKeys: array('0+', {
      apiKey: int16('0+'),
      minVersion: int16('0+'),
      maxVersion: int16('0+'),
    }),
    throttleTimeMs: int32('1+'),
    supportedFeatures: array(
      '3+',
      { name: string('3+'), minVersion: int16('3+'), maxVersion: int16('3+') },
      { tag: 0, taggedVersions: '3+' },
    ),
    finalizedFeaturesEpoch: int64('3+', { default: -1n, tag: 1, taggedVersions: '3+' }),
    finalizedFeatures: array(
      '3+',
      { name: string('3+'), maxVersionLevel: int16('3+'), minVersionLevel: int16('3+') },
      { tag: 2, taggedVersions: '3+' },
    ),
    zkMigrationReady: bool('3+', { tag: 3, taggedVersions: '3+' }),
  },
});
