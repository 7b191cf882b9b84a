import { finalizedFeatures, supportedFeatures, type Features } from '../features.js';
import { ErrorCode } from '../protocol/errors.js';
import {
  apiVersions,
  type ApiVersionsRequest,
  type ApiVersionsResponse,
} from '../protocol/messages/18-api-versions.js';
import type { Encodable } from '../protocol/schema.js';
import type { RequestHandler } from './handler.js';

export interface AdvertisedApi {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

const softwareName = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;

/**
 * ApiVersions, versions 0–4 (KIP-35, KIP-511): the registry's own list. A version too new is answered in version 0 with
 * UNSUPPORTED_VERSION (35) and our range for ApiVersions, so that the client can ask again. From version 3 features are told
 * (KIP-584): in 3 only those that begin at 1 or later (KIP-1022). Kafka tells them with the epoch of its metadata, which nothing
 * here moves.
 */
export function apiVersionsHandler(
  advertised: (features: Features) => readonly AdvertisedApi[],
): RequestHandler<ApiVersionsRequest, ApiVersionsResponse> {
  return {
    api: apiVersions,
    versions: { min: 0, max: 4 },
    handle(request, context, { features }) {
      const names = [request.clientSoftwareName, request.clientSoftwareVersion];
      const nameless = context.apiVersion >= 3 && !names.every((name) => softwareName.test(name));
      if (nameless) return { errorCode: ErrorCode.INVALID_REQUEST, apiKeys: [] };
      const told = context.apiVersion >= 3 ? featuresIn(features, context.apiVersion) : {};
      return { errorCode: ErrorCode.NONE, apiKeys: advertised(features), ...told };
    },
  };
}

function featuresIn(features: Features, apiVersion: number) {
  return {
    supportedFeatures: supportedFeatures(features)
      .filter(({ min }) => apiVersion >= 4 || min > 0)
      .map(({ name, min, max }) => ({ name, minVersion: min, maxVersion: max })),
    finalizedFeaturesEpoch: 1n,
    finalizedFeatures: finalizedFeatures(features).map(({ name, level }) => ({
      name,
      minVersionLevel: level,
      maxVersionLevel: level,
    })),
  };
}

/** The answer to a version of ApiVersions that we do not have; to be sent as version 0. */
export function unsupportedApiVersions(own: AdvertisedApi): Encodable<ApiVersionsResponse> {
  return { errorCode: ErrorCode.UNSUPPORTED_VERSION, apiKeys: [own] };
}
