/**
 * Runs as a file store of MLflow: https://mlflow.org/docs/latest/tracking.html
 *
 * @module
 */

export { exportToMlflow, type MlflowExported, type MlflowTarget } from "./write.ts";
